package io.karat.settings;

import java.math.BigDecimal;

/**
 * Settings of the checks that refuse a night or warn.
 *
 * @param maxQuarantine the largest share of rows that may be unusable
 * @param freshness the severity if the as-of day has no rows
 * @param unique the severity if a key appears under several customers or days
 * @param reconcile always {@code ERROR}: every row read must be accounted for
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

  /** Effect of a failed check. */
  public enum Severity {
    /** The check is not run. */
    OFF,
    /** The night is published with a warning. */
    WARN,
    /** The night is refused. */
    ERROR
  }

  /**
   * Limit on the change in the number of customers and of used rows since the night before.
   *
   * @param max the largest relative change; 0.5 allows half more or half less
   */
  public record RowCountChange(Severity severity, BigDecimal max) {
    public RowCountChange {
      max = max.stripTrailingZeros();
    }
  }
}
