package io.karat.measures;

import io.karat.expressions.RowExpression;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import java.util.Optional;

/**
 * A measure: one mergeable aggregate of one expression over a customer's rows, for example the sum
 * of {@code amount} where {@code type = 'SALE'}. Its partial aggregates merge: rows into days, days
 * into windows.
 *
 * @param table the source of its rows
 * @param per the unit that is aggregated first
 * @param over the days that it covers
 * @param where the condition for a row to count; empty if all count
 * @param value the aggregated expression; null does not count
 */
public record Measure(
    String name,
    MeasureSource table,
    Per per,
    Over over,
    Optional<RowExpression> where,
    Aggregate aggregate,
    RowExpression value) {

  /**
   * The name of a daily count, such as {@code sale_count}, if the measure is the number of days on
   * which that count is positive.
   */
  Optional<String> countedDays() {
    return per == Per.DAY && aggregate == Aggregate.COUNT && value.isConstant()
        ? where.flatMap(RowExpression::asPositiveWord)
        : Optional.empty();
  }

  /** Whether it counts different values, which rows give only together. */
  boolean isDistinct() {
    return aggregate == Aggregate.COUNT_DISTINCT;
  }

  /** A measure over the days of one window. */
  public record Use(Measure measure, Period period) {
    /** The column of the result. */
    public String column() {
      return measure.name() + "_" + period.suffix();
    }
  }
}
