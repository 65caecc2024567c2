package io.karat.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.Section.View;
import io.karat.scores.State;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Section on the lifecycle of customers, night by night. */
record LifecycleSection(ReportData brief) {
  private static final String COLUMN = CustomerAggregates.LIFECYCLE;
  private static final int HEIGHT = 400;

  private static final Map<String, String> COLORS =
      Map.of(
          "ACTIVE", "rank1",
          "NEW", "rank3",
          "RETURNED", "kind3",
          "SLOWING", "kind2",
          "LAPSED", "kind10",
          "LOST", "kind0",
          "PROSPECT", "rank5");

  Section section() {
    List<View> views = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    SortedMap<String, SortedMap<String, Long>> nights = nights();
    if (brief.state(COLUMN).isEmpty() || nights.isEmpty()) {
      lacks.add(brief.say("lifecycle.lacks"));
    } else {
      views.add(view(nights, codes(brief.state(COLUMN).get(), nights)));
      if (nights.size() == 1) {
        lacks.add(brief.say("lifecycle.lacks_nights"));
      }
    }
    return new Section(
        COLUMN, brief.say("lifecycle.title"), brief.say("lifecycle.about"), views, lacks);
  }

  private SortedMap<String, SortedMap<String, Long>> nights() {
    SortedMap<String, SortedMap<String, Long>> nights = new TreeMap<>();
    for (TableRow entry : brief.nights()) {
      entry
          .text(COLUMN)
          .ifPresent(
              code ->
                  nights
                      .computeIfAbsent(entry.word(Columns.AS_OF_DATE), it -> new TreeMap<>())
                      .merge(code, entry.count(CustomerAggregates.CUSTOMERS), Long::sum));
    }
    return nights;
  }

  /** The states that have customers on some night, in the order of the configuration. */
  private static List<String> codes(
      State state, SortedMap<String, SortedMap<String, Long>> nights) {
    Set<String> codes = new LinkedHashSet<>(state.codes());
    Set<String> seen = new LinkedHashSet<>();
    nights.values().forEach(it -> seen.addAll(it.keySet()));
    codes.retainAll(seen);
    codes.addAll(seen);
    return List.copyOf(codes);
  }

  private View view(SortedMap<String, SortedMap<String, Long>> nights, List<String> codes) {
    ChartData drawn =
        ChartData.of("stack")
            .axes(brief.say("lifecycle.x"), brief.say("lifecycle.y"))
            .put("x", List.copyOf(nights.keySet()));
    List<String> order = brief.state(COLUMN).map(State::codes).orElse(List.of());
    for (String code : codes) {
      ObjectNode series = ChartData.node();
      series.put("name", brief.name(code));
      series.put("color", color(code, order));
      nights.forEach(
          (night, counts) -> {
            long count = counts.getOrDefault(code, 0L);
            series.withArray("values").add(ChartData.percent(share(count, counts)));
            series
                .withArray("tips")
                .add(
                    brief.say(
                        "lifecycle.tip",
                        night,
                        brief.name(code),
                        brief.voice().customers(count),
                        brief.numbers().percent(share(count, counts))));
          });
      drawn.add("series", series);
    }
    String says = says(nights, codes);
    return View.of(COLUMN, brief.say("lifecycle.title"), says, ReleaseTables.HISTORY)
        .with(drawn.drawing(COLUMN, HEIGHT, says))
        .with(grid(nights, codes));
  }

  /** The color of a stage: strong while customers buy, pale when they do not. */
  private static String color(String code, List<String> order) {
    return COLORS.getOrDefault(
        code, "kind" + (1 + Math.max(0, order.indexOf(code)) % Section.KINDS));
  }

  private static BigDecimal share(long count, SortedMap<String, Long> counts) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    return BigDecimal.valueOf(count).divide(BigDecimal.valueOf(all), 6, RoundingMode.HALF_UP);
  }

  private String says(SortedMap<String, SortedMap<String, Long>> nights, List<String> codes) {
    SortedMap<String, Long> first = counts(nights, nights.firstKey());
    SortedMap<String, Long> last = counts(nights, nights.lastKey());
    String most =
        codes.stream()
            .reduce(
                (one, other) ->
                    last.getOrDefault(other, 0L) > last.getOrDefault(one, 0L) ? other : one)
            .orElseThrow();
    String now = brief.numbers().percent(share(last.getOrDefault(most, 0L), last));
    return nights.size() == 1
        ? brief.say("lifecycle.says_once", now, brief.name(most))
        : brief.say(
            "lifecycle.says",
            now,
            brief.name(most),
            brief.numbers().percent(share(first.getOrDefault(most, 0L), first)),
            nights.firstKey());
  }

  private static SortedMap<String, Long> counts(
      SortedMap<String, SortedMap<String, Long>> nights, String night) {
    return nights.getOrDefault(night, new TreeMap<>());
  }

  private HtmlTable grid(SortedMap<String, SortedMap<String, Long>> nights, List<String> codes) {
    List<String> heads = new ArrayList<>(List.of(brief.say("head.night")));
    codes.forEach(code -> heads.add("#" + brief.name(code)));
    HtmlTable.Builder grid = HtmlTable.of(heads.toArray(String[]::new));
    nights.forEach(
        (night, counts) -> {
          List<String> row = new ArrayList<>(List.of(night));
          codes.forEach(code -> row.add(brief.numbers().count(counts.getOrDefault(code, 0L))));
          grid.row(row.toArray(String[]::new));
        });
    return grid.closed();
  }
}
