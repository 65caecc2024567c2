package io.karat.report;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.report.Section.View;
import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import io.karat.settings.LifetimeSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Views of what customers are worth: by level and segment, and the customers who are worth most,
 * with intervals by the errors of the back-test.
 *
 * @param bias how far the total of the back-test was off, in words
 */
record LifetimeWorth(ReportData brief, JsonNode model, String bias) {
  private static final String LEVELS = "lifetime_levels";
  private static final String LARGEST = "lifetime_customers";
  private static final int MOST = 10;

  /** The rows that the views need, by the name under which they find them. */
  static Map<String, List<TableRow>> tables(CustomerAggregates customers, List<State> states)
      throws IOException {
    Optional<LifetimeSettings> lifetime = customers.settings().lifetimeValue();
    if (lifetime.isEmpty()) {
      return Map.of();
    }

    LevelForecasts worth = new LevelForecasts(customers, column(lifetime.get()));
    List<TableRow> largest =
        worth.largest(
            MOST,
            List.of(
                "segment_name",
                "segment_name_zh",
                ScoreColumns.purchaseProbability(days(lifetime.get()))));
    return Map.of(LEVELS, worth.of(states), LARGEST, customers.named(largest));
  }

  private static int days(LifetimeSettings lifetime) {
    return lifetime.horizonDays().get(0);
  }

  private static String column(LifetimeSettings lifetime) {
    return ScoreColumns.lifetimeValue(days(lifetime));
  }

  /** None without lifetime values. */
  List<View> views() {
    Optional<TableRow> all =
        brief.table(LEVELS).stream()
            .filter(it -> it.word(LevelForecasts.STATE).equals(LevelForecasts.ALL))
            .findFirst();
    return all.isEmpty() || brief.table(LARGEST).isEmpty()
        ? List.of()
        : List.of(levels(all.get()), customers(all.get()));
  }

  private LifetimeSettings settings() {
    return brief.settings().lifetimeValue().orElseThrow();
  }

  private ForecastTable table(TableRow all) {
    return new ForecastTable(brief, dispersion(all));
  }

  /**
   * The variance of a customer's error by the square of the amount: that of the back-test, brought
   * from its days to those of the forecast, spread over the customers of tonight.
   */
  private Optional<BigDecimal> dispersion(TableRow all) {
    JsonNode test = model.path("back_test");
    BigDecimal squares = all.amount(LevelForecasts.SQUARES);
    for (JsonNode judgement : test.path("judgements")) {
      if (judgement.path("name").asText().equals(LifetimeSection.published(model))
          && judgement.has("rmse")
          && squares.signum() > 0) {
        BigDecimal error =
            judgement
                .path("rmse")
                .decimalValue()
                .multiply(BigDecimal.valueOf(days(settings())))
                .divide(test.path("holdout_days").decimalValue(), MathContext.DECIMAL64);
        return Optional.of(
            error
                .pow(2)
                .multiply(all.amount(CustomerAggregates.CUSTOMERS))
                .divide(squares, MathContext.DECIMAL64));
      }
    }
    return Optional.empty();
  }

  private View levels(TableRow all) {
    BigDecimal total = all.amount(LevelForecasts.FORECAST);
    String worth =
        brief.say(
            "lifetime.worth",
            days(settings()),
            brief.voice().customers(all.count(CustomerAggregates.CUSTOMERS)),
            brief.numbers().shortMoney(total));
    String interval =
        table(all)
            .interval(total, all.amount(LevelForecasts.SQUARES))
            .map(it -> brief.say("lifetime.worth_interval", it, bias))
            .orElse("");
    return table(all)
        .view(
            "lifetime-levels",
            brief.say("lifetime.by_level"),
            brief
                .voice()
                .sentences(
                    List.of(worth, interval, most(total)).stream()
                        .filter(it -> !it.isEmpty())
                        .toList()),
            "head.lifetime_value",
            brief.table(LEVELS));
  }

  /** The segment that is worth most; without segments the level of the first pyramid or class. */
  private String most(BigDecimal total) {
    List<TableRow> levels =
        brief.table(LEVELS).stream()
            .filter(it -> !it.word(LevelForecasts.STATE).equals(LevelForecasts.ALL))
            .toList();
    List<TableRow> segments =
        levels.stream()
            .filter(it -> it.word(LevelForecasts.STATE).equals(ScoreColumns.SEGMENT_ID))
            .toList();
    String first = levels.isEmpty() ? "" : levels.get(0).word(LevelForecasts.STATE);
    return (segments.isEmpty()
            ? levels.stream().filter(it -> it.word(LevelForecasts.STATE).equals(first))
            : segments.stream())
        .max(comparing(it -> it.amount(LevelForecasts.FORECAST)))
        .map(
            it ->
                brief.say(
                    "lifetime.worth_most",
                    table(it).level(it),
                    brief.numbers().shortMoney(it.amount(LevelForecasts.FORECAST)),
                    ReportData.share(it.amount(LevelForecasts.FORECAST), total)
                        .map(brief.numbers()::percent)
                        .orElse(""),
                    brief.voice().customers(it.count(CustomerAggregates.CUSTOMERS))))
        .orElse("");
  }

  private View customers(TableRow all) {
    List<TableRow> largest = brief.table(LARGEST);
    String column = column(settings());
    BigDecimal sum = TableRow.sum(largest, column);
    return new RowTable(brief, largest)
        .text(
            brief.hasIds() ? "head.customer" : "head.number",
            it ->
                brief.hasIds()
                    ? brief.customer(it)
                    : brief.numbers().count(largest.indexOf(it) + 1))
        .text("head.segment", it -> it.name("segment_name", brief.voice().language()))
        .number("head.lifetime_value", it -> brief.numbers().wholeMoney(it.amount(column)))
        .number(
            "head.forecast_interval",
            it -> table(all).interval(it.amount(column), it.amount(column).pow(2)).orElse(""))
        .number(
            "head.purchase_probability",
            it ->
                it.number(ScoreColumns.purchaseProbability(days(settings())))
                    .map(brief.numbers()::chance)
                    .orElse(""))
        .view(
            "lifetime-customers",
            brief.say("lifetime.by_customer"),
            brief.say(
                "lifetime.worth_customers",
                brief.voice().customers(largest.size()),
                brief.numbers().shortMoney(sum),
                ReportData.share(sum, all.amount(LevelForecasts.FORECAST))
                    .map(brief.numbers()::percent)
                    .orElse("")),
            ReleaseTables.VALUES);
  }
}
