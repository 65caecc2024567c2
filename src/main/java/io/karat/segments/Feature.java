package io.karat.segments;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.when;

import io.karat.indicators.IndicatorScale;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * An indicator as one coordinate of a customer: put on a scale, limited at both ends, less the
 * mean, in standard deviations, times the root of its weight. Coordinates are whole millionths, so
 * that distances are exact and the same on every machine.
 *
 * @param name the column of {@code customer_indicators}
 * @param scale of the value; all numbers below are on this scale
 * @param low smaller values count as this
 * @param high larger values count as this
 * @param cuts the deciles of the customers of the fit, rising, equal ones once; those of days since
 *     the latest event are raised to whole weeks, as {@link TrainingSample#calendarWeeks} says
 * @param counts those customers below the first cut, from each cut to the next, and from the last
 *     on
 */
record Feature(
    String name,
    BigDecimal weight,
    IndicatorScale scale,
    BigDecimal low,
    BigDecimal high,
    BigDecimal mean,
    BigDecimal deviation,
    List<BigDecimal> cuts,
    List<Long> counts) {
  /** The number of units in one standard deviation of weight 1. */
  static final long UNIT = 1_000_000L;

  Feature {
    cuts = List.copyOf(cuts);
    counts = List.copyOf(counts);
  }

  /** The value of a customer as a double; null if unknown. */
  static Column value(String name) {
    return Columns.column(name).cast(DataTypes.DoubleType);
  }

  long coordinate(double value) {
    double limited = Math.min(Math.max(scale.of(value), low.doubleValue()), high.doubleValue());
    return (long) Math.rint((limited - mean.doubleValue()) * factor());
  }

  /**
   * The coordinate of a customer, a double without decimals; 0 if the value is unknown, which
   * callers test for. As Spark then generates no code for nulls and overflow, all coordinates fit
   * into one method.
   */
  Column coordinate() {
    Column scaled = scale.of(value(name));
    Column limited = least(greatest(scaled, lit(low.doubleValue())), lit(high.doubleValue()));
    Column known = when(Columns.column(name).isNotNull(), limited);
    return coalesce(rint(known.minus(mean.doubleValue()).multiply(factor())), lit(0.0));
  }

  /** The coordinate in units of one standard deviation of weight 1, in SQL; 0 if it is unknown. */
  String coordinateSql() {
    String scaled = scale.sql("CAST(`%s` AS DOUBLE)".formatted(name));
    return "CASE WHEN `%s` IS NOT NULL THEN rint((greatest(least(%s, %sD), %sD) - (%sD)) * %sD) / %dD ELSE 0D END"
        .formatted(
            name,
            scaled,
            high.doubleValue(),
            low.doubleValue(),
            mean.doubleValue(),
            factor(),
            UNIT);
  }

  /** The value at a coordinate. */
  double valueAt(long coordinate) {
    return scale.undone(mean.doubleValue() + coordinate / factor());
  }

  /** The number of standard deviations from the mean, on the scale. */
  double deviations(long coordinate) {
    return coordinate / Math.sqrt(weight.doubleValue()) / UNIT;
  }

  private double factor() {
    return Math.sqrt(weight.doubleValue()) * UNIT / deviation.doubleValue();
  }

  /** The number of cuts that are not above the value of a customer; null if it is unknown. */
  Column bucket() {
    Column scaled = scale.of(value(name));
    Column bucket = lit(0);
    for (BigDecimal cut : cuts) {
      bucket = bucket.plus(when(scaled.geq(cut.doubleValue()), lit(1)).otherwise(0));
    }
    return when(Columns.column(name).isNotNull(), bucket);
  }
}
