package io.karat.report;

import io.karat.report.Section.View;
import io.karat.scores.ScoreColumns;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * Table of forecasts by level, with 95 % intervals: the errors of customers are taken to be
 * independent, with a variance in proportion to the square of the amount, as in the back-test.
 *
 * @param dispersion the variance of a customer's error by the square of the amount; empty if it is
 *     unknown
 */
record ForecastTable(ReportData brief, Optional<BigDecimal> dispersion) {
  private static final BigDecimal NORMAL_95 = new BigDecimal("1.96");

  View view(String id, String label, String says, String head, List<TableRow> levels) {
    return new RowTable(brief, levels)
        .text("head.what", this::state)
        .text("head.tier", this::level)
        .count("head.customers", CustomerAggregates.CUSTOMERS)
        .number(head, it -> brief.numbers().wholeMoney(it.amount(LevelForecasts.FORECAST)))
        .number(
            "head.forecast_interval",
            it ->
                interval(it.amount(LevelForecasts.FORECAST), it.amount(LevelForecasts.SQUARES))
                    .orElse(""))
        .view(id, label, says, ReleaseTables.VALUES);
  }

  private String state(TableRow row) {
    String state = row.word(LevelForecasts.STATE);
    return switch (state) {
      case LevelForecasts.ALL -> brief.say("head.all");
      case ScoreColumns.SEGMENT_ID -> brief.say("head.segment");
      default -> brief.model(state);
    };
  }

  /** The name of a level; empty for all customers. */
  String level(TableRow row) {
    String code = row.word(LevelForecasts.LEVEL);
    return switch (row.word(LevelForecasts.STATE)) {
      case LevelForecasts.ALL -> "";
      case ScoreColumns.SEGMENT_ID ->
          brief.table("segments").stream()
              .filter(it -> it.word("segment_id").equals(code))
              .findFirst()
              .map(it -> it.name("segment_name", brief.voice().language()))
              .orElse(code);
      default -> brief.name(code);
    };
  }

  /** The interval of a sum of forecasts, in words. */
  Optional<String> interval(BigDecimal forecast, BigDecimal squares) {
    return dispersion.map(
        it -> {
          BigDecimal half =
              it.multiply(squares)
                  .sqrt(MathContext.DECIMAL64)
                  .multiply(NORMAL_95, MathContext.DECIMAL64);
          return brief.say(
              "prediction_section.interval",
              brief.numbers().wholeMoney(forecast.subtract(half).max(BigDecimal.ZERO)),
              brief.numbers().wholeMoney(forecast.add(half)));
        });
  }
}
