package io.karat.ranks;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact ratio, to be rounded once.
 *
 * @param denominator above 0
 */
public record ExactRatio(BigDecimal numerator, BigDecimal denominator) {
  /** Rounded half up. */
  public BigDecimal rounded(int decimals) {
    return numerator.divide(denominator, decimals, RoundingMode.HALF_UP);
  }
}
