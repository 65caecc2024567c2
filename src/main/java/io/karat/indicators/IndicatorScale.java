package io.karat.indicators;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.signum;

import io.karat.settings.IndicatorSettings.Unit;
import org.apache.spark.sql.Column;

/** A transformation of an indicator's values after which equal differences mean the same. */
public enum IndicatorScale {
  /** The value itself. */
  LINEAR,
  /** The logarithm of one more than the absolute value, with the sign of the value. */
  SIGNED_LOG;

  /** The scale of values of a unit: logarithmic for money and counts, as they are skewed. */
  public static IndicatorScale of(Unit unit) {
    return switch (unit) {
      case MONEY, COUNT -> SIGNED_LOG;
      case SHARE, DAYS, NUMBER, DATE, TEXT, FLAG -> LINEAR;
    };
  }

  public double of(double value) {
    return switch (this) {
      case LINEAR -> value;
      case SIGNED_LOG -> Math.signum(value) * StrictMath.log1p(Math.abs(value));
    };
  }

  /** The same of a column of doubles. */
  public Column of(Column value) {
    return switch (this) {
      case LINEAR -> value;
      case SIGNED_LOG -> signum(value).multiply(log1p(abs(value)));
    };
  }

  /** The same in SQL, of an expression for a double. */
  public String sql(String value) {
    return switch (this) {
      case LINEAR -> value;
      case SIGNED_LOG -> "signum(%1$s) * log1p(abs(%1$s))".formatted(value);
    };
  }

  /** The value that has this scaled value. */
  public double undone(double scaled) {
    return switch (this) {
      case LINEAR -> scaled;
      case SIGNED_LOG -> Math.signum(scaled) * StrictMath.expm1(Math.abs(scaled));
    };
  }
}
