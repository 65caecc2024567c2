package io.karat.report;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.Section.View;
import io.karat.settings.AllocationSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Section on the allocation of effort among levels: what is, what is proposed, and the gap. Only
 * where a resource is allocated.
 */
record AllocationSection(ReportData brief) {
  private static final String TABLE = "resource_allocation";
  private static final String NOW = "effort_now";
  private static final String PROPOSED = "effort_proposed";
  private static final String PROFIT = "profit_now";
  private static final String EXPECTED = "expected_profit";
  private static final String MARGINAL = "marginal_profit";
  private static final int BAR = 44;

  Section section() {
    Map<String, List<TableRow>> resources = new LinkedHashMap<>();
    for (TableRow tier : brief.table(TABLE)) {
      resources.computeIfAbsent(tier.word("resource"), it -> new ArrayList<>()).add(tier);
    }
    resources.values().removeIf(tiers -> TableRow.sum(tiers, "customer_count").signum() == 0);
    List<View> views = new ArrayList<>();
    resources.forEach((name, tiers) -> views.add(view(name, tiers)));
    return new Section(
        "allocation",
        brief.say("allocation_section.title"),
        brief.say("allocation_section.about"),
        views,
        views.isEmpty() ? List.of(brief.say("allocation_section.lacks")) : List.of());
  }

  private View view(String resource, List<TableRow> tiers) {
    ChartData drawn =
        ChartData.of("bars")
            .axes(brief.say("allocation_section.x"), brief.say("head.tier"))
            .put("names", tiers.stream().map(this::name).toList());
    drawn.add("series", series(tiers, NOW, "head.effort_now"));
    drawn.add("series", series(tiers, PROPOSED, "head.effort_proposed"));
    String id = "allocation-" + resource;
    String says = says(resource, tiers);
    return View.of(id, brief.name(resource), says, TABLE, "customer_allocation")
        .with(drawn.drawing(id, BAR * tiers.size() + 110, says))
        .with(grid(tiers));
  }

  private ObjectNode series(List<TableRow> tiers, String column, String head) {
    ObjectNode series = ChartData.node();
    series.put("name", brief.say(head));
    BigDecimal all = TableRow.sum(tiers, column);
    for (TableRow tier : tiers) {
      BigDecimal share = ReportData.share(tier.amount(column), all).orElse(BigDecimal.ZERO);
      ChartData.add(
          series,
          ChartData.percent(share),
          brief.numbers().percent(share),
          brief.say(
              "allocation_section.tip",
              name(tier),
              brief.numbers().plain(tier.amount(NOW)),
              brief.numbers().plain(tier.amount(PROPOSED))));
    }
    return series;
  }

  private String says(String resource, List<TableRow> tiers) {
    List<String> sentences = new ArrayList<>();
    sentences.add(effort(resource, tiers));
    List<TableRow> answered =
        tiers.stream()
            .filter(it -> it.number(EXPECTED).isPresent() && it.number(PROFIT).isPresent())
            .toList();
    if (!answered.isEmpty()) {
      sentences.add(
          brief.say(
              "allocation_section.profit",
              brief.numbers().wholeMoney(TableRow.sum(answered, EXPECTED)),
              brief.numbers().wholeMoney(TableRow.sum(answered, PROFIT))));
    }
    tiers.stream()
        .filter(tier -> tier.number(MARGINAL).isPresent())
        .max(comparing(tier -> tier.amount(MARGINAL)))
        .map(
            tier ->
                brief.say(
                    "allocation_section.says_marginal",
                    name(tier),
                    brief.numbers().money(tier.amount(MARGINAL))))
        .ifPresent(sentences::add);
    return brief.voice().sentences(sentences);
  }

  /** The units there are, as far as the configuration says it, those proposed and those spent. */
  private String effort(String resource, List<TableRow> tiers) {
    String proposed = brief.numbers().plain(TableRow.sum(tiers, PROPOSED));
    String now = brief.numbers().plain(TableRow.sum(tiers, NOW));
    return Optional.ofNullable(brief.settings().allocation().get(resource))
        .map(AllocationSettings::effort)
        .map(
            effort ->
                brief.say(
                    "allocation_section.says",
                    brief.name(resource),
                    proposed,
                    brief.numbers().count(effort.total()),
                    now,
                    brief.say("days", effort.per().days())))
        .orElseGet(
            () -> brief.say("allocation_section.says_units", brief.name(resource), proposed, now));
  }

  private HtmlTable grid(List<TableRow> tiers) {
    HtmlTable.Builder grid =
        HtmlTable.of(
            brief.say("head.tier"),
            "#" + brief.say("head.customers"),
            "#" + brief.say("head.effort_now"),
            "#" + brief.say("head.effort_proposed"),
            "#" + brief.say("head.effort_gap"),
            "#" + brief.say("head.profit_now"),
            "#" + brief.say("head.expected_profit"),
            "#" + brief.say("head.marginal_profit"));
    for (TableRow tier : tiers) {
      BigDecimal gap = tier.amount("effort_gap");
      grid.row(
          name(tier),
          brief.numbers().count(tier.count("customer_count")),
          brief.numbers().plain(tier.amount(NOW)),
          brief.numbers().plain(tier.amount(PROPOSED)),
          brief.numbers().signed(gap, brief.numbers().plain(gap)),
          brief.numbers().money(tier.amount(PROFIT)),
          tier.number(EXPECTED).map(brief.numbers()::money).orElse(""),
          tier.number(MARGINAL).map(brief.numbers()::money).orElse(""));
    }
    return grid.open();
  }

  private String name(TableRow tier) {
    return tier.name("tier_name", brief.voice().language());
  }
}
