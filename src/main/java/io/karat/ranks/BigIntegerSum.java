package io.karat.ranks;

import java.math.BigInteger;

/** An exact sum of any size, at the cost of whole numbers as long as it fits 64 bits. */
final class BigIntegerSum {
  private BigInteger large = BigInteger.ZERO;
  private long small;

  /** Adds a value several times. */
  void add(BigInteger value, long times) {
    if (value.bitLength() >= Long.SIZE) {
      large = large.add(value.multiply(BigInteger.valueOf(times)));
      return;
    }

    long product = value.longValue() * times;
    if (Math.multiplyHigh(value.longValue(), times) == product >> (Long.SIZE - 1)) {
      add(product);
    } else {
      large = large.add(value.multiply(BigInteger.valueOf(times)));
    }
  }

  private void add(long value) {
    long sum = small + value;
    boolean isTooLarge = ((small ^ sum) & (value ^ sum)) < 0;
    if (isTooLarge) {
      large = large.add(BigInteger.valueOf(small));
      small = value;
    } else {
      small = sum;
    }
  }

  BigInteger total() {
    return large.add(BigInteger.valueOf(small));
  }
}
