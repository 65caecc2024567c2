package io.karat.mart;

import java.math.BigDecimal;

/** A sum of decimals of one scale, kept in a long while that holds it. */
final class ExactSum {
  private static final int DIGITS_OF_LONG = 18;

  private BigDecimal whole = BigDecimal.ZERO;
  private long units;
  private int scale;

  void add(BigDecimal value) {
    if (value.precision() > DIGITS_OF_LONG) {
      whole = whole.add(value);
      return;
    }

    long more = value.unscaledValue().longValue();
    long next = units + more;
    boolean isTooLarge = ((units ^ next) & (more ^ next)) < 0;
    if (isTooLarge || value.scale() != scale) {
      whole = total();
      scale = value.scale();
      next = more;
    }
    units = next;
  }

  BigDecimal total() {
    return whole.add(BigDecimal.valueOf(units, scale));
  }
}
