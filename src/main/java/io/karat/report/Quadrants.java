package io.karat.report;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.Section.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The value scorecard: customers by current and potential value, in four quadrants. */
record Quadrants(Brief brief) {
  private static final String TABLE = "scorecard_quadrants";
  private static final String SALES = "net_sales_amount_365d";
  private static final List<String> ORDER = List.of("KEY", "MAINTAIN", "GROW", "BASIC");
  private static final int HEIGHT = 440;

  Section section() {
    List<Entry> quadrants =
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
    return new Section(
        "quadrant", brief.say("quadrant.title"), brief.say("quadrant.about"), views, lacks);
  }

  private View view(List<Entry> quadrants) {
    Drawn drawn = Drawn.of("quadrant").axes(brief.say("quadrant.x"), brief.say("quadrant.y"));
    quadrants.get(0).number("current_cut").ifPresent(it -> drawn.put("xCut", it));
    quadrants.get(0).number("potential_cut").ifPresent(it -> drawn.put("yCut", it));
    for (Entry quadrant : quadrants) {
      ObjectNode node = Drawn.node();
      node.put("name", quadrant.name("quadrant_name", brief.voice().language()));
      node.put("label", label(quadrant));
      node.put("code", quadrant.word("quadrant"));
      drawn.add("quadrants", node);
    }
    brief.cells().stream()
        .filter(it -> it.number(Customers.CURRENT).isPresent())
        .filter(it -> it.number(Customers.POTENTIAL).isPresent())
        .sorted(
            comparing((Entry it) -> it.whole(Customers.CURRENT))
                .thenComparing(it -> it.whole(Customers.POTENTIAL))
                .thenComparing(it -> it.word(Customers.QUADRANT)))
        .forEach(cell -> drawn.add("points", point(cell)));
    String says = says(quadrants);
    return View.of("quadrant", brief.say("quadrant.title"), says, TABLE, ReleaseTables.VALUES)
        .with(drawn.drawing("quadrant", HEIGHT, says))
        .with(grid(quadrants));
  }

  private String label(Entry quadrant) {
    return brief.say(
        "quadrant.label",
        quadrant.name("quadrant_name", brief.voice().language()),
        brief.voice().customers(quadrant.count("customer_count")));
  }

  private ObjectNode point(Entry cell) {
    int current = cell.whole(Customers.CURRENT);
    int potential = cell.whole(Customers.POTENTIAL);
    ObjectNode node = Drawn.node();
    node.put("x", middle(current));
    node.put("y", middle(potential));
    node.put("size", cell.count(Customers.CUSTOMERS));
    node.put("quadrant", ORDER.indexOf(cell.word(Customers.QUADRANT)));
    node.put(
        "tip",
        brief.say(
            "quadrant.tip",
            brief.voice().customers(cell.count(Customers.CUSTOMERS)),
            span(current),
            span(potential)));
    return node;
  }

  /** In the middle of its step; 100 points are a step of their own. */
  private static double middle(int step) {
    return step >= 100 ? 100 : step + Customers.STEP / 2.0;
  }

  private static String span(int step) {
    return step >= 100 ? "100" : "%d–%d".formatted(step, step + Customers.STEP);
  }

  private String says(List<Entry> quadrants) {
    Entry key = quadrants.get(0);
    Optional<Entry> grow =
        quadrants.stream().filter(it -> it.word("quadrant").equals("GROW")).findFirst();
    return brief.say(
        "quadrant.says",
        brief.voice().customers(key.count("customer_count")),
        brief.numbers().percent(key.amount("customer_share")),
        key.number("net_sales_share").map(brief.numbers()::percent).orElse(brief.say("unknown")),
        brief.voice().customers(grow.map(it -> it.count("customer_count")).orElse(0L)));
  }

  private Grid grid(List<Entry> quadrants) {
    Grid.Builder grid =
        Grid.of(
            brief.say("head.quadrant"),
            "#" + brief.say("head.customers"),
            "#" + brief.say("head.customer_share"),
            "#" + brief.say("head.net_sales"),
            "#" + brief.say("head.net_sales_share"));
    for (Entry quadrant : quadrants) {
      grid.row(
          quadrant.name("quadrant_name", brief.voice().language()),
          brief.numbers().count(quadrant.count("customer_count")),
          brief.numbers().percent(quadrant.amount("customer_share")),
          brief.numbers().money(quadrant.amount(SALES)),
          quadrant.number("net_sales_share").map(brief.numbers()::percent).orElse(""));
    }
    return grid.closed();
  }
}
