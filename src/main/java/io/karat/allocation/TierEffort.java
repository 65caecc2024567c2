package io.karat.allocation;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Effort and value of the customers of a tier, in the period of the resource.
 *
 * @param now the effort so far
 * @param value of all customers
 * @param weight the sum of the positive values of customers, in units of their last decimal
 */
record TierEffort(
    String code, long customers, BigDecimal now, BigDecimal value, BigInteger weight) {
  static TierEffort nobody(String code) {
    return new TierEffort(code, 0, BigDecimal.ZERO, BigDecimal.ZERO, BigInteger.ZERO);
  }
}
