package io.karat.ranks;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A value and its rank.
 *
 * @param percentile 100 x (customers below + half of those equal) / customers, six decimals
 */
public record RankPoint(BigDecimal value, BigDecimal percentile) {
  static final int DECIMALS = 6;

  /**
   * The percentile of the customers with a value.
   *
   * @param below the number of customers with a smaller value
   * @param equal the number of customers with this value
   */
  static BigDecimal percentile(long below, long equal, long customers) {
    return BigDecimal.valueOf(below)
        .multiply(BigDecimal.valueOf(2))
        .add(BigDecimal.valueOf(equal))
        .multiply(BigDecimal.valueOf(50))
        .divide(BigDecimal.valueOf(customers), DECIMALS, RoundingMode.HALF_UP);
  }
}
