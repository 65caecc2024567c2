package io.karat.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers as text in messages: as many decimals as a reader needs, without trailing zeros and
 * without an exponent, whole digits in groups of three.
 */
final class PlainNumbers {
  private static final int PLACES = 3;
  private static final int PLACES_OF_PERCENT = 1;
  private static final BigDecimal LEAST_PERCENT = new BigDecimal("0.1");

  private PlainNumbers() {}

  static String plain(BigDecimal number) {
    BigDecimal digits = number.stripTrailingZeros();
    return "%%,.%df".formatted(Math.max(0, digits.scale())).formatted(digits);
  }

  /** A number with three decimals, or as many as show on which side of its limit it is. */
  static String plain(BigDecimal number, BigDecimal limit) {
    return rounded(number, limit, PLACES);
  }

  /** A share such as 0.125 as {@code 12.5 %}, in full. */
  static String percent(BigDecimal share) {
    return plain(share.movePointRight(2)) + " %";
  }

  /**
   * A share with one decimal, or as many as show on which side of its limit it is; one below a
   * thousandth as {@code < 0.1 %}.
   */
  static String percent(BigDecimal share, BigDecimal limit) {
    BigDecimal percent = share.movePointRight(2);
    boolean isSmall = percent.signum() > 0 && percent.compareTo(LEAST_PERCENT) < 0;
    return isSmall && share.compareTo(limit) <= 0
        ? "< " + LEAST_PERCENT + " %"
        : rounded(percent, limit.movePointRight(2), PLACES_OF_PERCENT) + " %";
  }

  private static String rounded(BigDecimal number, BigDecimal limit, int places) {
    int enough = places;
    while (enough < number.scale()
        && number.setScale(enough, RoundingMode.HALF_UP).compareTo(limit)
            != number.compareTo(limit)) {
      enough++;
    }
    return plain(number.setScale(enough, RoundingMode.HALF_UP));
  }
}
