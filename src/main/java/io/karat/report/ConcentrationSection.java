package io.karat.report;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.groups.GroupTable;
import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Section with Lorenz curves, counted from the largest customer: the share of sales that the
 * largest customers make.
 */
record ConcentrationSection(ReportData brief) {
  private static final String TABLE = "concentration";
  private static final List<Integer> SHOWN = List.of(1, 5, 10, 20, 50);
  private static final int ALL = 100;
  private static final int TOLD = 20;
  private static final int HEIGHT = 400;

  Section section() {
    Map<String, List<TableRow>> indicators = new LinkedHashMap<>();
    for (TableRow point : brief.table(TABLE)) {
      // Those of groups are none of customers.
      if (point.word("indicator").equals(GroupTable.SALES)) {
        continue;
      }

      indicators.computeIfAbsent(point.word("indicator"), it -> new ArrayList<>()).add(point);
    }
    List<View> views = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    for (Map.Entry<String, List<TableRow>> one : indicators.entrySet()) {
      List<TableRow> points =
          one.getValue().stream().sorted(comparing(it -> it.whole("percent"))).toList();
      if (points.stream().anyMatch(it -> it.number("amount_share").isPresent())) {
        views.add(view(one.getKey(), points));
      } else {
        lacks.add(brief.say("concentration.lacks_total", brief.label(one.getKey())));
      }
    }
    if (indicators.isEmpty()) {
      lacks.add(brief.say("concentration.lacks"));
    }
    return new Section(
        TABLE, brief.say("concentration.title"), brief.say("concentration.about"), views, lacks);
  }

  private View view(String indicator, List<TableRow> points) {
    TableRow told = at(points, TOLD).orElse(points.get(points.size() - 1));
    String label = brief.label(indicator);
    long all = at(points, ALL).map(it -> it.count("customer_count")).orElse(0L);
    String gini =
        told.number("gini").map(it -> brief.numbers().decimal(it, 2)).orElse(brief.say("unknown"));
    String most =
        told.number("customers_for_80_percent")
            .map(
                count ->
                    brief.say(
                        "concentration.most",
                        brief.voice().customers(count.longValue()),
                        brief.numbers().percent(share(count, all))))
            .orElse("");
    String says =
        brief.say(
            "concentration.says",
            TOLD,
            brief.numbers().percent(told.amount("amount_share")),
            brief.voice().within(label),
            most,
            gini,
            brief.numbers().count(all));
    return View.of("concentration-" + indicator, label, says, TABLE)
        .with(drawn(points, label).drawing("concentration-" + indicator, HEIGHT, says))
        .with(grid(points));
  }

  private static BigDecimal share(BigDecimal count, long all) {
    return all == 0
        ? BigDecimal.ZERO
        : count.divide(BigDecimal.valueOf(all), 6, RoundingMode.HALF_UP);
  }

  private static Optional<TableRow> at(List<TableRow> points, int percent) {
    return points.stream().filter(it -> it.whole("percent") == percent).findFirst();
  }

  private ChartData drawn(List<TableRow> points, String label) {
    ChartData drawn =
        ChartData.of("lorenz")
            .axes(brief.say("concentration.x"), brief.say("concentration.y", label))
            .put("even", brief.say("concentration.even"))
            .put("name", label);
    for (TableRow point : points) {
      String tip =
          brief.say(
              "concentration.tip",
              point.whole("percent"),
              brief.voice().customers(point.count("customer_count")),
              brief.numbers().percent(point.amount("amount_share")));
      ObjectNode node = ChartData.node();
      node.put("x", point.whole("percent"));
      node.set("y", ChartData.percent(point.amount("amount_share")));
      node.put("tip", tip);
      if (SHOWN.contains(point.whole("percent"))) {
        node.put(
            "label",
            brief.say(
                "concentration.mark",
                point.whole("percent"),
                brief.numbers().percent(point.amount("amount_share"))));
      }
      drawn.add("points", node);
    }
    return drawn;
  }

  private HtmlTable grid(List<TableRow> points) {
    HtmlTable.Builder grid =
        HtmlTable.of(
            "#" + brief.say("head.largest"),
            "#" + brief.say("head.customers"),
            "#" + brief.say("head.amount"),
            "#" + brief.say("head.amount_share"));
    for (int percent : SHOWN) {
      at(points, percent)
          .ifPresent(
              it ->
                  grid.row(
                      brief.say("percent", percent),
                      brief.numbers().count(it.count("customer_count")),
                      brief.numbers().money(it.amount("amount")),
                      brief.numbers().percent(it.amount("amount_share"))));
    }
    return grid.closed();
  }
}
