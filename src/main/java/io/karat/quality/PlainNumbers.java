package io.karat.quality;

import java.math.BigDecimal;

/** Numbers as text in messages: without trailing zeros and without an exponent. */
final class PlainNumbers {
  private PlainNumbers() {}

  static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /** A share such as 0.125 as {@code 12.5 %}. */
  static String percent(BigDecimal share) {
    return plain(share.movePointRight(2)) + " %";
  }
}
