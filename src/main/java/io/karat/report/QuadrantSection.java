package io.karat.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.Section.View;
import io.karat.scores.ScoreColumns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Section on the value scorecard: customers by current and potential value, in four quadrants. A
 * bubble stands for customers with nearly the same scores; of many customers the density is shown.
 */
record QuadrantSection(ReportData brief) {
  private static final String TABLE = "scorecard_quadrants";
  private static final String SALES = "net_sales_amount_365d";
  private static final List<String> ORDER = List.of("KEY", "MAINTAIN", "GROW", "BASIC");
  private static final int HEIGHT = 440;
  private static final int MOST_OF_BUBBLES = 3_000;
  private static final int LAST_STEP = 100 - CustomerAggregates.STEP;

  Section section() {
    List<TableRow> quadrants =
        brief.table(TABLE).stream()
            .sorted(comparing(it -> ORDER.indexOf(it.word("quadrant"))))
            .toList();
    List<View> views = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    if (quadrants.isEmpty()) {
      lacks.add(brief.say("quadrant.lacks"));
    } else {
      views.add(view(quadrants));
    }
    return new Section("quadrant", brief.say("quadrant.title"), about(), views, lacks);
  }

  private String about() {
    List<String> sentences = new ArrayList<>();
    sentences.add(brief.say(isCrowded() ? "quadrant.about_density" : "quadrant.about"));
    brief
        .scores()
        .models()
        .scorecard()
        .filter(it -> it.hysteresis().signum() > 0 && brief.previousNight().isPresent())
        .ifPresent(it -> sentences.add(brief.say("quadrant.keeps")));
    return brief.voice().sentences(sentences);
  }

  private View view(List<TableRow> quadrants) {
    ChartData drawn =
        ChartData.of(isCrowded() ? "density" : "quadrant")
            .axes(brief.say("quadrant.x"), brief.say("quadrant.y"));
    quadrants.get(0).number("current_cut").ifPresent(it -> drawn.put("xCut", it));
    quadrants.get(0).number("potential_cut").ifPresent(it -> drawn.put("yCut", it));
    for (TableRow quadrant : quadrants) {
      ObjectNode node = ChartData.node();
      node.put("name", quadrant.name("quadrant_name", brief.voice().language()));
      node.put("label", label(quadrant));
      node.put("code", quadrant.word("quadrant"));
      drawn.add("quadrants", node);
    }
    if (isCrowded()) {
      drawn.put("step", BigDecimal.valueOf(CustomerAggregates.STEP));
      drawn.put("unit", brief.say("rfm.unit"));
      densities().forEach((cell, customers) -> drawn.add("cells", density(cell, customers)));
    } else {
      placed()
          .sorted(
              comparing((TableRow it) -> it.whole(ScoreColumns.CURRENT_VALUE))
                  .thenComparing(it -> it.whole(ScoreColumns.POTENTIAL_VALUE))
                  .thenComparing(it -> it.word(ScoreColumns.QUADRANT)))
          .forEach(cell -> drawn.add("points", point(cell)));
    }
    String says = says(quadrants);
    return View.of("quadrant", brief.say("quadrant.title"), says, TABLE, ReleaseTables.VALUES)
        .with(drawn.drawing("quadrant", HEIGHT, says))
        .with(grid(quadrants));
  }

  /** The cells of scores that have both. */
  private Stream<TableRow> placed() {
    return brief.cells().stream()
        .filter(it -> it.number(ScoreColumns.CURRENT_VALUE).isPresent())
        .filter(it -> it.number(ScoreColumns.POTENTIAL_VALUE).isPresent());
  }

  /** Whether there are too many customers to draw bubbles, which would cover each other. */
  private boolean isCrowded() {
    return placed().mapToLong(it -> it.count(CustomerAggregates.CUSTOMERS)).sum() > MOST_OF_BUBBLES;
  }

  /** Square of the scorecard, by the lower ends of its two steps. */
  private record Square(int current, int potential) {}

  /** The numbers of customers by square; 100 points are in the last step. */
  private Map<Square, Long> densities() {
    return placed()
        .collect(
            groupingBy(
                it ->
                    new Square(
                        Math.min(LAST_STEP, it.whole(ScoreColumns.CURRENT_VALUE)),
                        Math.min(LAST_STEP, it.whole(ScoreColumns.POTENTIAL_VALUE))),
                () -> new TreeMap<>(comparing(Square::current).thenComparing(Square::potential)),
                summingLong(it -> it.count(CustomerAggregates.CUSTOMERS))));
  }

  private ObjectNode density(Square square, long customers) {
    ObjectNode node = ChartData.node();
    node.put("x", square.current());
    node.put("y", square.potential());
    node.put("value", customers);
    node.put("tip", tip(customers, square.current(), square.potential()));
    return node;
  }

  private String tip(long customers, int current, int potential) {
    return brief.say(
        "quadrant.tip", brief.voice().customers(customers), span(current), span(potential));
  }

  private String label(TableRow quadrant) {
    return brief.say(
        "quadrant.label",
        quadrant.name("quadrant_name", brief.voice().language()),
        brief.voice().customers(quadrant.count("customer_count")));
  }

  private ObjectNode point(TableRow cell) {
    int current = cell.whole(ScoreColumns.CURRENT_VALUE);
    int potential = cell.whole(ScoreColumns.POTENTIAL_VALUE);
    ObjectNode node = ChartData.node();
    node.put("x", middle(current));
    node.put("y", middle(potential));
    node.put("size", cell.count(CustomerAggregates.CUSTOMERS));
    node.put("quadrant", ORDER.indexOf(cell.word(ScoreColumns.QUADRANT)));
    node.put("tip", tip(cell.count(CustomerAggregates.CUSTOMERS), current, potential));
    return node;
  }

  /** The middle of a step; 100 points are a step of their own. */
  private static double middle(int step) {
    return step >= 100 ? 100 : step + CustomerAggregates.STEP / 2.0;
  }

  private static String span(int step) {
    return step >= 100 ? "100" : "%d–%d".formatted(step, step + CustomerAggregates.STEP);
  }

  private String says(List<TableRow> quadrants) {
    TableRow key = quadrants.get(0);
    Optional<TableRow> grow =
        quadrants.stream().filter(it -> it.word("quadrant").equals("GROW")).findFirst();
    return brief.say(
        "quadrant.says",
        brief.voice().customers(key.count("customer_count")),
        brief.numbers().percent(key.amount("customer_share")),
        key.number("net_sales_share").map(brief.numbers()::percent).orElse(brief.say("unknown")),
        brief.voice().customers(grow.map(it -> it.count("customer_count")).orElse(0L)));
  }

  private HtmlTable grid(List<TableRow> quadrants) {
    HtmlTable.Builder grid =
        HtmlTable.of(
            brief.say("head.quadrant"),
            "#" + brief.say("head.customers"),
            "#" + brief.say("head.customer_share"),
            "#" + brief.say("head.net_sales"),
            "#" + brief.say("head.net_sales_share"));
    for (TableRow quadrant : quadrants) {
      grid.row(
          quadrant.name("quadrant_name", brief.voice().language()),
          brief.numbers().count(quadrant.count("customer_count")),
          brief.numbers().percent(quadrant.amount("customer_share")),
          quadrant.number(SALES).map(brief.numbers()::money).orElse(""),
          quadrant.number("net_sales_share").map(brief.numbers()::percent).orElse(""));
    }
    return grid.closed();
  }
}
