package io.karat.tiles;

import io.karat.frame.RowExpression;
import java.util.Optional;

/**
 * One aggregate of one expression over a customer's rows, for example the sum of {@code amount}
 * where {@code type = 'SALE'}. Parts of it merge: rows into days, days into windows.
 *
 * @param per what is aggregated first
 * @param where which of those count; all where absent
 * @param value what is aggregated; a null value does not count
 */
public record Measure(
    String name,
    Per per,
    Over over,
    Optional<RowExpression> where,
    Aggregate aggregate,
    RowExpression value) {

  /** What is aggregated before the measure is taken. */
  public enum Per {
    ROW,
    TRANSACTION,
    DAY,
    PRODUCT,
    CHANNEL
  }

  /** Which days a measure looks at when an indicator of some window asks for it. */
  public enum Over {
    /** Those of the window. */
    WINDOW,
    /** Everything up to the as-of day. */
    LIFETIME,
    /** The whole calendar months inside the window. */
    WHOLE_MONTHS
  }

  /** How values become one. */
  public enum Aggregate {
    COUNT,
    SUM,
    MIN,
    MAX,
    LARGEST
  }

  /** A measure over the days that one window gives it. */
  public record Use(Measure measure, Period period) {
    /** The column of the result. */
    public String column() {
      return measure.name() + "_" + period.suffix();
    }
  }
}
