package io.karat.report;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.movement.ComparisonPeriod;
import io.karat.report.Section.View;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Section with Sankey diagrams of the movement between states, without the customers who stayed,
 * who would hide the others.
 */
record MovementSection(ReportData brief) {
  private static final String TABLE = "transitions";
  private static final String FROM = "from_state";
  private static final String TO = "to_state";
  private static final int HEIGHT = 400;

  Section section() {
    List<View> views = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    if (brief.settings().movement().isEmpty()) {
      lacks.add(brief.say("flows.off"));
    } else {
      periods().forEach(period -> add(views(period, lacks), views));
    }
    return new Section(
        "movement", brief.say("flows.title"), brief.say("flows.about"), views, lacks);
  }

  /**
   * Adds the views of a period. On paper are those of the longest one that has any: it includes the
   * moves of a shorter one, and the page counts those since the previous night at its beginning.
   */
  private static void add(List<View> found, List<View> views) {
    boolean isLongest = views.isEmpty();
    found.forEach(it -> views.add(isLongest ? it : it.offPaper()));
  }

  /**
   * The periods, longest first, as few customers move from one night to the next; without the
   * previous night if it is also the one of the longer period.
   */
  private List<ComparisonPeriod> periods() {
    List<ComparisonPeriod> periods = new ArrayList<>();
    brief.settings().movement().ifPresent(it -> periods.addAll(ComparisonPeriod.of(it)));
    Collections.reverse(periods);
    Optional<LocalDate> longest = brief.compared(periods.get(0));
    return longest.isPresent() && longest.equals(brief.compared(ComparisonPeriod.PREVIOUS_NIGHT))
        ? periods.subList(0, 1)
        : periods;
  }

  private List<View> views(ComparisonPeriod period, List<String> lacks) {
    Optional<LocalDate> night = brief.compared(period);
    if (night.isEmpty()) {
      lacks.add(lack(period));
      return List.of();
    }

    List<View> views = new ArrayList<>();
    List<String> still = new ArrayList<>();
    for (String model : StateMovements.models(brief, period)) {
      StateMovements movements = StateMovements.of(brief, model, period);
      if (movements.changed() > 0) {
        views.add(view(movements, period, night.get()));
      } else {
        still.add(brief.model(model));
      }
    }
    if (!still.isEmpty()) {
      lacks.add(brief.say("flows.still", night.get(), String.join(brief.say("comma"), still)));
    }
    return views;
  }

  private String lack(ComparisonPeriod period) {
    if (!period.isPreviousNight()) {
      return brief.say(
          "flows.lacks",
          brief.voice().counted("period", period.days()),
          brief.asOf().minusDays(period.mostDays()),
          brief.asOf().minusDays(period.fewestDays()));
    }
    return brief
        .previousNight()
        .map(night -> brief.say("changes.not_compared", night))
        .orElseGet(() -> brief.say("changes.none"));
  }

  private View view(StateMovements movements, ComparisonPeriod period, LocalDate night) {
    List<TableRow> moved =
        movements.moves().stream()
            .filter(StateMovements::isChange)
            .sorted(
                comparing(StateMovements::customers)
                    .reversed()
                    .thenComparing(it -> it.word(FROM))
                    .thenComparing(it -> it.word(TO)))
            .toList();
    String id = "movement-%s-%d".formatted(movements.model(), period.days());
    String label = brief.say("flows.label", brief.model(movements.model()), days(night));
    String says = says(movements, moved, night);
    return View.of(id, label, says, TABLE)
        .with(drawn(movements, moved).drawing(id, HEIGHT, says))
        .with(grid(movements));
  }

  private String name(TableRow move, String side) {
    return move.name(side + "_name", brief.voice().language());
  }

  private String days(LocalDate night) {
    return brief.voice().counted("period", ChronoUnit.DAYS.between(night, brief.asOf()));
  }

  private String says(StateMovements movements, List<TableRow> moved, LocalDate night) {
    TableRow largest = moved.get(0);
    return brief.say(
        "flows.says",
        night,
        brief.voice().counted("flows.moved", movements.changed()),
        movements.ways(brief),
        brief.numbers().count(movements.stayed()),
        name(largest, FROM),
        name(largest, TO),
        brief.voice().customers(StateMovements.customers(largest)),
        days(night));
  }

  private ChartData drawn(StateMovements movements, List<TableRow> moved) {
    ChartData drawn = ChartData.of("flows");
    Map<String, Integer> colors = colors(movements);
    List<String> codes = codes(movements);
    for (String side : List.of(FROM, TO)) {
      Map<String, TableRow> states = new LinkedHashMap<>();
      moved.forEach(move -> states.putIfAbsent(move.word(side), move));
      states.entrySet().stream()
          .sorted(comparing(it -> codes.indexOf(it.getKey())))
          .forEach(
              it -> drawn.add("nodes", node(side, it.getKey(), it.getValue(), movements, colors)));
    }
    for (TableRow move : moved) {
      ObjectNode link = ChartData.node();
      link.put("source", FROM + ":" + move.word(FROM));
      link.put("target", TO + ":" + move.word(TO));
      link.put("value", StateMovements.customers(move));
      link.put("direction", movements.direction(move));
      link.put("tip", tip(move));
      drawn.add("links", link);
    }
    return drawn;
  }

  private ObjectNode node(
      String side,
      String code,
      TableRow move,
      StateMovements movements,
      Map<String, Integer> colors) {
    long count =
        movements.moves().stream()
            .filter(StateMovements::isChange)
            .filter(it -> it.word(side).equals(code))
            .mapToLong(StateMovements::customers)
            .sum();
    ObjectNode node = ChartData.node();
    node.put("id", side + ":" + code);
    node.put("label", brief.say("flows.node", name(move, side), brief.numbers().count(count)));
    node.put("side", side.equals(FROM) ? "left" : "right");
    node.put("palette", movements.order().isEmpty() ? "kind" : "rank");
    node.put("color", colors.getOrDefault(code, 0));
    return node;
  }

  /** The states of a model, the best first if there is a best; without never seen and left. */
  private List<String> codes(StateMovements movements) {
    Set<String> codes = new LinkedHashSet<>(movements.order());
    brief.state(movements.model()).ifPresent(state -> codes.addAll(state.codes()));
    SortedSet<String> others = new TreeSet<>();
    movements.moves().forEach(move -> others.addAll(List.of(move.word(FROM), move.word(TO))));
    codes.addAll(others);
    codes.removeAll(Set.of(StateMovements.NEVER_SEEN, StateMovements.LEFT));
    return List.copyOf(codes);
  }

  /** The color of each state, the same on both sides; 0 for never seen and left. */
  private Map<String, Integer> colors(StateMovements movements) {
    Map<String, Integer> colors = new LinkedHashMap<>();
    int position = 0;
    for (String code : codes(movements)) {
      colors.put(
          code,
          movements.order().isEmpty()
              ? 1 + position % Section.KINDS
              : PyramidSection.color(position, movements.order().size()));
      position++;
    }
    return colors;
  }

  private String tip(TableRow move) {
    String change =
        move.number("net_sales_amount_365d_change")
            .map(it -> brief.numbers().signed(it, brief.numbers().shortMoney(it)))
            .orElse(brief.say("unknown"));
    String moved =
        brief.say(
            "flows.tip",
            name(move, FROM),
            name(move, TO),
            brief.voice().customers(StateMovements.customers(move)),
            change);
    return crossing(move).map(it -> moved + "\n" + it).orElse(moved);
  }

  private Optional<String> crossing(TableRow move) {
    return move.text("main_crossing")
        .map(
            indicator ->
                brief.say(
                    "flows.crossing",
                    brief.label(indicator),
                    brief.voice().customers(move.count("main_crossing_customer_count"))));
  }

  private HtmlTable grid(StateMovements movements) {
    HtmlTable.Builder grid =
        HtmlTable.of(
            brief.say("head.before"),
            brief.say("head.now"),
            "#" + brief.say("head.customers"),
            "#" + brief.say("head.probability"),
            "#" + brief.say("head.interval"),
            "#" + brief.say("head.change"));
    List<String> codes = codes(movements);
    movements.moves().stream()
        .sorted(
            comparing((TableRow it) -> place(it.word(FROM), codes))
                .thenComparing(comparing(StateMovements::customers).reversed())
                .thenComparing(it -> place(it.word(TO), codes)))
        .forEach(
            it ->
                grid.row(
                    name(it, FROM),
                    name(it, TO),
                    brief.numbers().count(StateMovements.customers(it)),
                    it.number("probability").map(brief.numbers()::percent).orElse(""),
                    interval(it),
                    it.number("net_sales_amount_365d_change")
                        .map(brief.numbers()::money)
                        .orElse("")));
    return grid.closed();
  }

  /** The place of a state in a table; the last one for never seen and left. */
  private static int place(String state, List<String> codes) {
    return codes.contains(state) ? codes.indexOf(state) : codes.size();
  }

  private String interval(TableRow move) {
    return move.number("probability_low")
        .map(
            low ->
                brief.say(
                    "flows.interval",
                    brief.numbers().percent(low),
                    brief.numbers().percent(move.amount("probability_high"))))
        .orElse("");
  }
}
