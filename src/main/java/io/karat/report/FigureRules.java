package io.karat.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.karat.scores.ScoreColumns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules by which headline figures are computed, as far as they may differ from night to night:
 * rates that are learned, and models. Between nights with other rules a figure also changes where
 * customers do not.
 */
record FigureRules(ReportData brief) {
  /** As many decimals as the page shows of a rate. */
  private static final int PLACES = 3;

  /** The rule of a figure; empty if it has none but its definition. */
  Optional<String> of(String column) {
    if (column.equals(ScoreColumns.VALUE_AT_RISK)) {
      return rates();
    }
    return isExpected(column)
        ? Optional.of(brief.run().path("models").path("lifetime").path("id").asText())
            .filter(id -> !id.isEmpty())
        : Optional.empty();
  }

  /** A change since a night with another rule, in words that say so. */
  String changed(String column, String change) {
    return brief.say(isExpected(column) ? "delta.other_model" : "delta.other_rates", change);
  }

  private boolean isExpected(String column) {
    return brief.settings().lifetimeValue().stream()
        .flatMap(it -> it.horizonDays().stream())
        .map(ScoreColumns::expectedSales)
        .anyMatch(column::equals);
  }

  /** The churn of each level of satisfaction, and what it is taken of. */
  private Optional<String> rates() {
    String rates =
        brief.table("churn_levels").stream()
            .filter(it -> it.number("used_rate").isPresent())
            .sorted(comparing(it -> it.amount("satisfaction_level")))
            .map(it -> rounded(it.amount("used_rate")))
            .collect(joining(" "));
    return rates.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Stream.concat(
                    brief.settings().models().churn().map(it -> it.of()).stream(), Stream.of(rates))
                .collect(joining(" ")));
  }

  private static String rounded(BigDecimal rate) {
    return rate.setScale(PLACES, RoundingMode.HALF_UP).toPlainString();
  }
}
