package io.karat.ranks;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact ratio, which is rounded only once.
 *
 * @param denominator a positive number
 */
public record ExactRatio(BigDecimal numerator, BigDecimal denominator) {
  /** The ratio, rounded half up. */
  public BigDecimal rounded(int decimals) {
    return numerator.divide(denominator, decimals, RoundingMode.HALF_UP);
  }
}
