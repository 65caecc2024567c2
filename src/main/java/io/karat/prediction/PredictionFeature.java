package io.karat.prediction;

import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.indicators.IndicatorScale;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * An indicator as a predictor: put on a scale, limited to what the fit has seen, less the mean, in
 * standard deviations. An unknown value is 0, the mean, and the second predictor tells that it is
 * unknown.
 *
 * @param name the column of {@code customer_indicators}
 * @param scale of the value; the next four numbers are on this scale
 * @param low smaller values count as this
 * @param high larger values count as this
 * @param unknownShare the share of customers whose value is unknown; empty if being unknown is no
 *     predictor
 */
record PredictionFeature(
    String name,
    IndicatorScale scale,
    double low,
    double high,
    double mean,
    double deviation,
    Optional<Double> unknownShare) {
  private static final MathContext DIGITS = new MathContext(10);

  /** The fewest customers with, and without, a value for being unknown to be a predictor. */
  private static final int FEWEST_UNKNOWN = 20;

  /**
   * Fits a predictor.
   *
   * @param values of all customers, NaN where unknown
   * @return empty if all known values are equal
   */
  static Optional<PredictionFeature> of(String name, IndicatorScale scale, double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int known = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        double scaled = scale.of(value);
        low = Math.min(low, scaled);
        high = Math.max(high, scaled);
        sum += scaled;
        known++;
      }
    }
    if (!(high > low)) {
      return Optional.empty();
    }

    double mean = sum / known;
    double squares = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        double scaled = scale.of(value);
        squares += (scaled - mean) * (scaled - mean);
      }
    }
    double deviation = Math.sqrt(squares / (known - 1));
    int unknown = values.length - known;
    boolean isTold = unknown >= FEWEST_UNKNOWN && known >= FEWEST_UNKNOWN;
    return Optional.of(
        new PredictionFeature(
            name,
            scale,
            rounded(low),
            rounded(high),
            rounded(mean),
            rounded(deviation),
            isTold ? Optional.of(rounded((double) unknown / values.length)) : Optional.empty()));
  }

  /** A number rounded to ten digits, as model files have them. */
  static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  PredictionFeature withoutUnknown() {
    return new PredictionFeature(name, scale, low, high, mean, deviation, Optional.empty());
  }

  /** The number of predictors: 1, or 2 if being unknown is one. */
  int width() {
    return unknownShare.isPresent() ? 2 : 1;
  }

  /** The deviations of a value from the mean; 0 if it is unknown. */
  double deviations(double value) {
    return Double.isNaN(value)
        ? 0
        : (Math.min(Math.max(scale.of(value), low), high) - mean) / deviation;
  }

  /** The deviations of being unknown, or not, from its share. */
  double unknownDeviations(boolean isUnknown) {
    double share = unknownShare.orElseThrow();
    return ((isUnknown ? 1 : 0) - share) / Math.sqrt(share * (1 - share));
  }

  /** The value of a customer, a double; null if unknown. */
  static Column value(String name) {
    return Columns.column(name).cast(DataTypes.DoubleType);
  }

  /** The same as {@link #deviations(double)}. */
  Column deviations() {
    // The least and greatest of columns pass over nulls.
    Column limited = greatest(least(scale.of(value(name)), lit(high)), lit(low));
    return when(Columns.column(name).isNotNull(), limited.minus(mean).divide(deviation))
        .otherwise(lit(0.0));
  }

  /** The same as {@link #deviations(double)} in SQL. */
  String deviationsSql() {
    String scaled = scale.sql("CAST(`%s` AS DOUBLE)".formatted(name));
    return "CASE WHEN `%s` IS NOT NULL THEN (greatest(least(%s, %s), %s) - %s) / %s ELSE 0D END"
        .formatted(name, scaled, number(high), number(low), number(mean), number(deviation));
  }

  /** The same as {@link #unknownDeviations(boolean)} in SQL. */
  String unknownDeviationsSql() {
    return "CASE WHEN `%s` IS NULL THEN %s ELSE %s END"
        .formatted(name, number(unknownDeviations(true)), number(unknownDeviations(false)));
  }

  /** A double in SQL. */
  static String number(double value) {
    return "(%sD)".formatted(value);
  }

  /** The same as {@link #unknownDeviations(boolean)}. */
  Column unknownDeviations() {
    return when(Columns.column(name).isNull(), lit(unknownDeviations(true)))
        .otherwise(lit(unknownDeviations(false)));
  }
}
