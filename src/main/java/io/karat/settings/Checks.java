package io.karat.settings;

import java.math.BigDecimal;

/**
 * When a night is doubted or refused.
 *
 * @param maxQuarantine the largest share of rows that may be unusable
 * @param freshness what it means that the as-of day has no rows
 * @param unique what it means that a key appears under several customers or days
 * @param reconcile always {@code ERROR}: what was read is accounted for, to the row
 */
public record Checks(
    BigDecimal maxQuarantine,
    Severity freshness,
    RowCountChange rowCountChange,
    Severity unique,
    Severity reconcile) {
  public Checks {
    maxQuarantine = maxQuarantine.stripTrailingZeros();
  }

  /** What a failed check does. */
  public enum Severity {
    /** It is not looked at. */
    OFF,
    /** The night is published with a warning. */
    WARN,
    /** The night is refused. */
    ERROR
  }

  /**
   * How much the number of customers and of used rows may change against the night before.
   *
   * @param max 0.5 is half more or half less
   */
  public record RowCountChange(Severity severity, BigDecimal max) {
    public RowCountChange {
      max = max.stripTrailingZeros();
    }
  }
}
