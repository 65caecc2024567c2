package io.karat.movement;

import io.karat.scores.ScorePlan;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An earlier night that tonight is compared with.
 *
 * @param periodDays the {@link ComparisonPeriod}
 * @param from the night
 * @param to tonight
 * @param fromRun the run whose rows the history has for that night
 * @param aliases the aliases of that night, as far as they were kept
 * @param customers its rows of customer_value_history
 */
public record ComparedNight(
    int periodDays,
    LocalDate from,
    LocalDate to,
    String fromRun,
    KeptAliases aliases,
    Dataset<Row> customers) {
  private static final List<String> AMOUNTS = List.of(ScorePlan.SALES, ScorePlan.LIFETIME_SALES);

  /** Whether the night has the compared amounts; one of an earlier version of Karat may not. */
  public boolean hasAmounts() {
    return AMOUNTS.stream().allMatch(this::knows);
  }

  /** The days between the two nights. */
  int daysBetween() {
    return (int) ChronoUnit.DAYS.between(from, to);
  }

  /** Whether the night has a column. */
  boolean knows(String column) {
    return Set.of(customers.columns()).contains(column);
  }
}
