package io.karat.movement;

import io.karat.scores.ScorePlan;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An earlier night that tonight is compared with.
 *
 * @param periodDays the period; the night may be up to {@link #MOST_DAYS_OLDER} days older
 * @param from the night
 * @param fromRun the run whose rows the history has for that night
 * @param customers its rows of customer_value_history
 */
public record ComparedNight(
    int periodDays, LocalDate from, String fromRun, Dataset<Row> customers) {
  /**
   * The most days by which a night may be older than its period: Friday is the night before Monday.
   */
  public static final int MOST_DAYS_OLDER = 3;

  private static final List<String> AMOUNTS = List.of(ScorePlan.SALES, ScorePlan.LIFETIME_SALES);

  /** The latest night that is a whole period ago. */
  public static LocalDate latest(LocalDate asOf, int periodDays) {
    return asOf.minusDays(periodDays);
  }

  /** The earliest night that counts as a period ago. */
  public static LocalDate earliest(LocalDate asOf, int periodDays) {
    return latest(asOf, periodDays).minusDays(MOST_DAYS_OLDER);
  }

  /** Whether the night has the compared amounts; one of an earlier version of Karat may not. */
  public boolean hasAmounts() {
    return AMOUNTS.stream().allMatch(this::knows);
  }

  /** Whether the night has a column. */
  boolean knows(String column) {
    return Set.of(customers.columns()).contains(column);
  }
}
