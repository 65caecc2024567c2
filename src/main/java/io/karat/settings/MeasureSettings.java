package io.karat.settings;

import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.Optional;

/**
 * Settings of a measure: one aggregate of one expression, which merges from days to months, years
 * and windows.
 *
 * @param per the groups of rows that are aggregated first
 * @param over the days that are aggregated
 * @param where the condition for rows, or groups of {@code per}, to count
 * @param value the expression that is aggregated
 * @param at the place of the definition
 */
public record MeasureSettings(
    String name,
    MeasureSource table,
    Per per,
    Over over,
    Optional<Expression> where,
    Aggregate aggregate,
    Expression value,
    Location at) {
  /** Groups of rows that are aggregated before the measure. */
  public enum Per {
    /** None: each row by itself. */
    ROW,
    /** The rows of a transaction. */
    TRANSACTION,
    /** The rows of a day. */
    DAY,
    /** The rows of a product. */
    PRODUCT,
    /** The rows of a channel. */
    CHANNEL
  }

  /** Days that a measure covers for an indicator over a window. */
  public enum Over {
    /** The days of the window. */
    WINDOW,
    /** All days up to the as-of day. */
    LIFETIME,
    /** The whole calendar months inside the window. */
    WHOLE_MONTHS
  }

  /** Aggregate function. */
  public enum Aggregate {
    /** The number of values that are not null. */
    COUNT,
    /** The number of different values that are not null. */
    COUNT_DISTINCT,
    /** The number of calendar months with a value that is not null. */
    MONTHS,
    /** The sum. */
    SUM,
    /** The smallest. */
    MIN,
    /** The largest. */
    MAX,
    /** The value of the first day on which it is not null. */
    FIRST,
    /** The sum over the first calendar month with a value that is not null. */
    FIRST_MONTH,
    /** The sum of the two largest, or the only one. */
    TWO_LARGEST,
    /** The name of the channel with the largest sum. */
    LARGEST
  }
}
