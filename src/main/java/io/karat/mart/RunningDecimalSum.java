package io.karat.mart;

import java.math.BigDecimal;

/** A sum of decimals of one scale, kept in a long while it fits. */
final class RunningDecimalSum {
  static final int DIGITS_OF_LONG = 18;

  private BigDecimal whole = BigDecimal.ZERO;
  private long units;
  private int scale;

  void add(BigDecimal value) {
    whole = whole.add(value);
  }

  /** Adds so many units, with {@code scale} digits after the point. */
  void add(long more, int scale) {
    long next = units + more;
    boolean isTooLarge = ((units ^ next) & (more ^ next)) < 0;
    if (isTooLarge || scale != this.scale) {
      whole = total();
      this.scale = scale;
      next = more;
    }
    units = next;
  }

  BigDecimal total() {
    return whole.add(BigDecimal.valueOf(units, scale));
  }
}
