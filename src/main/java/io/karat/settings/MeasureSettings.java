package io.karat.settings;

import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.Optional;

/**
 * One aggregate of one expression, which merges from days to months, years and windows.
 *
 * @param per what is aggregated first
 * @param over which days it looks at
 * @param where the rows, or the groups of {@code per}, that count
 * @param value what is aggregated
 * @param at where the measure is defined
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
  /** What is aggregated before the measure is taken. */
  public enum Per {
    /** Nothing: each row as it is. */
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
    /** How many are known. */
    COUNT,
    /** All together. */
    SUM,
    /** The smallest. */
    MIN,
    /** The largest. */
    MAX,
    /** That of the first day on which it is known. */
    FIRST,
    /** The two largest together, or the only one. */
    TWO_LARGEST,
    /** The name of the channel in which they sum up to most. */
    LARGEST
  }
}
