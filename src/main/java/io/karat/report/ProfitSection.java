package io.karat.report;

import static java.util.Comparator.comparing;

import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Section on volume and profit: which level brings which, and what service leaves of it. Only where
 * profit is known.
 */
record ProfitSection(ReportData brief) {
  private static final String PROFIT = "profit";
  private static final String SALES_SHARE = "net_sales_share";
  private static final String PROFIT_SHARE = "profit_share";
  private static final String CONTRIBUTION = "contribution";
  private static final String PROFILES = "tier_profiles";

  Optional<Section> section() {
    List<View> views = new ArrayList<>();
    new RankedLevels(brief)
        .byModel()
        .forEach(
            (model, levels) -> {
              if (levels.stream().anyMatch(it -> it.number(PROFIT).isPresent())) {
                views.add(view(model, levels));
              }
            });
    return Section.of("profit", brief, "profit_section.title", "profit_section.about", views);
  }

  private View view(String model, List<TableRow> levels) {
    return new RowTable(brief, levels)
        .text("head.tier", this::name)
        .count("head.customers", "customer_count")
        .bar("head.customer_share", it -> it.number("customer_share"))
        .money("head.net_sales", RankedLevels.SALES)
        .bar("head.net_sales_share", it -> it.number(SALES_SHARE))
        .money("head.profit", PROFIT)
        .bar("head.profit_share", it -> it.number(PROFIT_SHARE))
        .share("head.margin", it -> ofSales(it, PROFIT))
        .money("head.service_cost", "service_cost")
        .money("head.contribution", CONTRIBUTION)
        .share("head.contribution_share", it -> ofSales(it, CONTRIBUTION))
        .view(
            "profit-" + model,
            brief.model(model),
            brief.voice().sentences(says(model, levels)),
            RankedLevels.TABLE,
            PROFILES);
  }

  private String name(TableRow level) {
    return new RankedLevels(brief).name(level);
  }

  private static Optional<BigDecimal> ofSales(TableRow level, String column) {
    return level
        .number(column)
        .flatMap(amount -> ReportData.share(amount, level.amount(RankedLevels.SALES)));
  }

  private List<String> says(String model, List<TableRow> levels) {
    TableRow largest =
        levels.stream().max(comparing(it -> it.amount(RankedLevels.SALES))).orElseThrow();
    List<String> sentences = new ArrayList<>();
    if (largest.number(SALES_SHARE).isPresent() && largest.number(PROFIT_SHARE).isPresent()) {
      int more = profitOverVolume(largest);
      sentences.add(
          brief.say(
              more < 0
                  ? "profit_section.volume"
                  : more > 0 ? "profit_section.both" : "profit_section.alike",
              name(largest),
              brief.numbers().percent(largest.amount(SALES_SHARE)),
              brief.numbers().percent(largest.amount(PROFIT_SHARE)),
              ofSales(largest, PROFIT).map(brief.numbers()::percent).orElse("")));
      List<TableRow> others = levels.stream().filter(it -> !it.equals(largest)).toList();
      listed(
              more < 0 ? "profit_section.also_volume" : "profit_section.others_volume",
              others.stream().filter(it -> profitOverVolume(it) < 0))
          .ifPresent(sentences::add);
      listed("profit_section.others", others.stream().filter(it -> profitOverVolume(it) > 0))
          .ifPresent(sentences::add);
    } else {
      sentences.add(
          brief.say(
              "profit_section.amounts",
              name(largest),
              brief.numbers().wholeMoney(largest.amount(RankedLevels.SALES)),
              largest
                  .number(PROFIT)
                  .map(brief.numbers()::wholeMoney)
                  .orElse(brief.say("unknown"))));
    }
    List<String> left =
        levels.stream()
            .filter(it -> it.count("customer_count") > 0 && it.number(CONTRIBUTION).isPresent())
            .map(this::contribution)
            .toList();
    if (!left.isEmpty()) {
      sentences.add(brief.say("profit_section.contribution", brief.voice().listed(left)));
    }
    known(model, levels).ifPresent(sentences::add);
    return sentences;
  }

  /** Levels with their shares in a sentence; empty without any. */
  private Optional<String> listed(String key, Stream<TableRow> levels) {
    List<String> parts =
        levels
            .map(
                it ->
                    brief.say(
                        "profit_section.other",
                        name(it),
                        brief.numbers().percent(it.amount(SALES_SHARE)),
                        brief.numbers().percent(it.amount(PROFIT_SHARE))))
            .toList();
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(brief.say(key, brief.voice().listed(parts)));
  }

  private String contribution(TableRow level) {
    String amount = brief.numbers().wholeMoney(level.amount(CONTRIBUTION));
    return ofSales(level, CONTRIBUTION)
        .map(
            share ->
                brief.say(
                    "profit_section.left", name(level), amount, brief.numbers().percent(share)))
        .orElseGet(() -> brief.say("bars.line", name(level), amount));
  }

  /** Compares a level's share of profit with that of net sales, as they are shown. */
  private static int profitOverVolume(TableRow level) {
    return shown(level, PROFIT_SHARE).compareTo(shown(level, SALES_SHARE));
  }

  private static BigDecimal shown(TableRow level, String column) {
    return level.amount(column).setScale(3, RoundingMode.HALF_UP);
  }

  /** How many customers' profit is known; empty if it is that of all. */
  private Optional<String> known(String model, List<TableRow> levels) {
    List<TableRow> profiles =
        brief.table(PROFILES).stream()
            .filter(it -> it.word("model").equals(model))
            .filter(it -> it.word("indicator").equals("profit_365d"))
            .toList();
    long all = TableRow.sum(levels, "customer_count").longValue();
    long known = TableRow.sum(profiles, "customer_count").longValue();
    return profiles.isEmpty() || known >= all
        ? Optional.empty()
        : Optional.of(
            brief.say(
                "profit_section.known",
                brief.numbers().count(known),
                brief.voice().customers(all)));
  }
}
