package io.karat.settings;

import java.math.BigDecimal;

/**
 * Settings of the checks that refuse a night or warn.
 *
 * @param maxQuarantine the largest share of rows that may be unusable
 * @param maxUnreadable the largest share of used rows with a value of an optional column that is
 *     there and cannot be read
 * @param unmatchedRows the share of rows for which a joined table has none
 * @param unmatchedCustomers the share of the customers of an input or of the leading one, whichever
 *     has fewer, that the other lacks
 * @param largestCustomerShare the share of an input's used rows that one customer has
 * @param freshness the severity if more open days than usual have no rows up to the as-of day
 * @param anomaly the distance of the as-of day's number of rows from the median of comparable days,
 *     in robust standard deviations
 * @param unique the severity if a key appears under several customers or days
 * @param rowCountChange the relative change in the number of customers and of used rows since the
 *     previous night; 0.5 allows half more or half less
 * @param tierOrder the severity if a tier is better than the one before it in the heaviest
 *     indicator of its pyramid
 * @param indicatorCorrelation the rank correlation from which on two indicators of one pyramid say
 *     the same
 * @param reconcile always {@code ERROR}: every row read must be accounted for
 * @param segmentDistance the share of customers far from the centre of their segment
 * @param segmentMovement the share of customers who changed segment since the previous night
 * @param spendFrequencyCorrelation the absolute correlation of purchase frequency and spend
 * @param recomputeShare the share of days that a night which reads only what is new reads again, to
 *     compare them with what the nights before found
 */
public record Checks(
    BigDecimal maxQuarantine,
    BigDecimal maxUnreadable,
    Limit unmatchedRows,
    Limit unmatchedCustomers,
    Limit largestCustomerShare,
    Severity freshness,
    Limit anomaly,
    Limit rowCountChange,
    Severity unique,
    Severity tierOrder,
    Limit indicatorCorrelation,
    Severity reconcile,
    Psi psi,
    Limit segmentDistance,
    Limit segmentMovement,
    Limit spendFrequencyCorrelation,
    BigDecimal recomputeShare) {
  public Checks {
    maxQuarantine = maxQuarantine.stripTrailingZeros();
    maxUnreadable = maxUnreadable.stripTrailingZeros();
    recomputeShare = recomputeShare.stripTrailingZeros();
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
   * Limit of a check, and its consequence.
   *
   * @param max the largest allowed value
   */
  public record Limit(Severity severity, BigDecimal max) {
    public Limit {
      max = max.stripTrailingZeros();
    }
  }

  /**
   * Limits of the population stability index of a feature of segments.
   *
   * @param high the index above which the drift is called strong
   */
  public record Psi(Severity severity, BigDecimal max, BigDecimal high) {
    public Psi {
      max = max.stripTrailingZeros();
      high = high.stripTrailingZeros();
    }

    public Limit limit() {
      return new Limit(severity, max);
    }
  }
}
