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
 * @param periodDays how far back it was looked for; it may be a few days older
 * @param from the night
 * @param fromRun the run that speaks for it
 * @param customers its rows of customer_value_history
 */
public record ComparedNight(
    int periodDays, LocalDate from, String fromRun, Dataset<Row> customers) {
  /** How much older than its period a night may be: Friday is the night before Monday. */
  public static final int MOST_DAYS_OLDER = 3;

  private static final List<String> AMOUNTS = List.of(ScorePlan.SALES, ScorePlan.LIFETIME_SALES);

  /** The latest night that is far enough back. */
  public static LocalDate latest(LocalDate asOf, int periodDays) {
    return asOf.minusDays(periodDays);
  }

  /** The earliest night that will do. */
  public static LocalDate earliest(LocalDate asOf, int periodDays) {
    return latest(asOf, periodDays).minusDays(MOST_DAYS_OLDER);
  }

  /** Whether the night kept what is compared; one of an earlier version of Karat may not have. */
  public boolean hasAmounts() {
    return AMOUNTS.stream().allMatch(this::knows);
  }

  /** Whether a column was there that night. */
  boolean knows(String column) {
    return Set.of(customers.columns()).contains(column);
  }
}
