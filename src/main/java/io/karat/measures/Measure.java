package io.karat.measures;

import io.karat.expressions.RowExpression;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import java.util.Optional;

/**
 * One aggregate of one expression over a customer's rows, for example the sum of {@code amount}
 * where {@code type = 'SALE'}. Parts of it merge: rows into days, days into windows.
 *
 * @param table what it is taken from
 * @param per what is aggregated first
 * @param over which days it looks at
 * @param where which of those count; all where absent
 * @param value what is aggregated; a null value does not count
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
   * The word of a day, such as {@code sale_count}, where the measure is the number of days on which
   * that is not 0.
   */
  Optional<String> countedDays() {
    return per == Per.DAY && aggregate == Aggregate.COUNT && value.isConstant()
        ? where.flatMap(RowExpression::asPositiveWord)
        : Optional.empty();
  }

  /** A measure over the days that one window gives it. */
  public record Use(Measure measure, Period period) {
    /** The column of the result. */
    public String column() {
      return measure.name() + "_" + period.suffix();
    }
  }
}
