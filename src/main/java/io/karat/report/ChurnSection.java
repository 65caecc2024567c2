package io.karat.report;

import static java.util.Comparator.comparing;

import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Section on the churn that is stated for each level of satisfaction beside the one that was
 * observed. Only where some was observed.
 */
record ChurnSection(ReportData brief) {
  private static final String TABLE = "churn_levels";
  private static final String STATED = "stated_rate";
  private static final String USED = "used_rate";
  private static final String OBSERVED = "observed_rate";
  private static final String SEEN = "observed_count";
  private static final String SALES = "net_sales_amount_365d";
  private static final String VERDICT = "verdict";

  Optional<Section> section() {
    List<TableRow> levels =
        brief.table(TABLE).stream()
            .sorted(comparing(it -> it.amount("satisfaction_level")))
            .toList();
    List<View> views = TableRow.sum(levels, SEEN).signum() > 0 ? List.of(view(levels)) : List.of();
    return Section.of("churn", brief, "churn_section.title", "churn_section.about", views);
  }

  private View view(List<TableRow> levels) {
    boolean isLearned =
        levels.stream().anyMatch(it -> it.amount(USED).compareTo(it.amount(STATED)) != 0);
    RowTable table =
        new RowTable(brief, levels)
            .text("head.tier", it -> brief.say("churn_section.level", name(it)))
            .bar("head.stated", it -> it.number(STATED))
            .bar("head.observed", it -> it.number(OBSERVED), this::withInterval);
    if (isLearned) {
      table.share("head.used", it -> it.number(USED));
    }
    return table
        .number("head.interval", this::interval)
        .count("head.observed_customers", SEEN)
        .count("head.left", "left_count")
        .text("head.verdict", it -> it.name("verdict_name", brief.voice().language()))
        .count("head.customers_now", "customer_count")
        .money("head.net_sales", SALES)
        .view(
            "churn",
            brief.say("churn_section.title"),
            brief.voice().sentences(List.of(observed(levels), verdict(levels))),
            TABLE);
  }

  private String name(TableRow level) {
    return brief.numbers().plain(level.amount("satisfaction_level"));
  }

  private String interval(TableRow level) {
    return level.number(OBSERVED).isEmpty()
        ? ""
        : brief.say(
            "prediction_section.interval",
            brief.numbers().percent(level.amount("observed_rate_low")),
            brief.numbers().percent(level.amount("observed_rate_high")));
  }

  private String withInterval(TableRow level) {
    return level.number(OBSERVED).isEmpty()
        ? ""
        : brief.say(
            "label.windowed", brief.numbers().percent(level.amount(OBSERVED)), interval(level));
  }

  private String observed(List<TableRow> levels) {
    TableRow any = levels.get(0);
    return brief.say(
        "churn_section.observed",
        brief.voice().counted("movement.pairs", any.count("night_pair_count")),
        any.whole("period_days"),
        brief.voice().customers(TableRow.sum(levels, SEEN).longValue()),
        brief.numbers().count(TableRow.sum(levels, "left_count").longValue()));
  }

  /** The refuted rate with which the most money goes; or that none is refuted. */
  private String verdict(List<TableRow> levels) {
    return levels.stream()
        .filter(it -> it.word(VERDICT).startsWith("TOO_"))
        .max(comparing(it -> expected(it, OBSERVED).subtract(expected(it, STATED)).abs()))
        .map(this::refuted)
        .orElseGet(
            () ->
                brief.say(
                    "churn_section.none",
                    levels.stream().filter(it -> it.word(VERDICT).equals("CONFIRMED")).count(),
                    levels.size()));
  }

  private String refuted(TableRow level) {
    return brief.say(
        level.word(VERDICT).equals("TOO_LOW") ? "churn_section.too_low" : "churn_section.too_high",
        name(level),
        brief.numbers().percent(level.amount(STATED)),
        brief.numbers().percent(level.amount(OBSERVED)),
        interval(level),
        brief.voice().customers(level.count("customer_count")),
        brief.numbers().wholeMoney(expected(level, OBSERVED)),
        brief.numbers().wholeMoney(expected(level, STATED)));
  }

  /** The net sales of a level's customers that leave with them at a rate. */
  private static BigDecimal expected(TableRow level, String rate) {
    return level.amount(rate).multiply(level.amount(SALES));
  }
}
