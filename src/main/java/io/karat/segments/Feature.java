package io.karat.segments;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * An indicator as one coordinate of a customer: put on a scale, cut off at the ends, less the mean,
 * in standard deviations, times the root of its weight. Coordinates are whole millionths, so that
 * distances are exact and the same on every machine.
 *
 * @param name the column of {@code customer_indicators}
 * @param scale what the value is turned into first; all numbers below are on this scale
 * @param low what is less counts as this
 * @param high what is more counts as this
 * @param cuts the deciles of the customers it was learned from, rising, equal ones once
 * @param counts how many of those were below the first cut, from each cut to the next, and above
 */
record Feature(
    String name,
    BigDecimal weight,
    Scale scale,
    BigDecimal low,
    BigDecimal high,
    BigDecimal mean,
    BigDecimal deviation,
    List<BigDecimal> cuts,
    List<Long> counts) {
  /** Millionths. */
  static final long UNIT = 1_000_000L;

  Feature {
    cuts = List.copyOf(cuts);
    counts = List.copyOf(counts);
  }

  /** What a value is turned into, so that differences mean the same everywhere. */
  enum Scale {
    /** The value itself. */
    LINEAR,
    /** The logarithm of one more, with the sign of the value. */
    SIGNED_LOG;

    double of(double value) {
      return switch (this) {
        case LINEAR -> value;
        case SIGNED_LOG -> Math.signum(value) * StrictMath.log1p(Math.abs(value));
      };
    }

    Column of(Column value) {
      return switch (this) {
        case LINEAR -> value;
        case SIGNED_LOG -> signum(value).multiply(log1p(abs(value)));
      };
    }

    /** The value that was turned into this. */
    double undone(double scaled) {
      return switch (this) {
        case LINEAR -> scaled;
        case SIGNED_LOG -> Math.signum(scaled) * StrictMath.expm1(Math.abs(scaled));
      };
    }
  }

  /** The value of a customer as a fraction; null where it is unknown. */
  static Column value(String name) {
    return Columns.column(name).cast(DataTypes.DoubleType);
  }

  long coordinate(double value) {
    double limited = Math.min(Math.max(scale.of(value), low.doubleValue()), high.doubleValue());
    return (long) Math.rint((limited - mean.doubleValue()) * factor());
  }

  /**
   * The coordinate of a customer, as a fraction without decimals; 0 where the value is unknown,
   * which is for others to see. That way Spark generates no code for nulls and overflow, of which
   * there is too much for one method otherwise.
   */
  Column coordinate() {
    Column scaled = scale.of(value(name));
    Column limited = least(greatest(scaled, lit(low.doubleValue())), lit(high.doubleValue()));
    Column known = when(Columns.column(name).isNotNull(), limited);
    return coalesce(rint(known.minus(mean.doubleValue()).multiply(factor())), lit(0.0));
  }

  /** The value at a coordinate. */
  double valueAt(long coordinate) {
    return scale.undone(mean.doubleValue() + coordinate / factor());
  }

  /** Standard deviations from the mean. */
  double deviations(long coordinate) {
    return coordinate / Math.sqrt(weight.doubleValue()) / UNIT;
  }

  private double factor() {
    return Math.sqrt(weight.doubleValue()) * UNIT / deviation.doubleValue();
  }

  /** Between which cuts a customer is, from 0; null where the value is unknown. */
  Column bucket() {
    Column scaled = scale.of(value(name));
    Column bucket = lit(0);
    for (BigDecimal cut : cuts) {
      bucket = bucket.plus(when(scaled.geq(cut.doubleValue()), lit(1)).otherwise(0));
    }
    return when(Columns.column(name).isNotNull(), bucket);
  }
}
