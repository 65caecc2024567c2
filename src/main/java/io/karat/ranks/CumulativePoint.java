package io.karat.ranks;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A value on the way from the least to the greatest.
 *
 * @param own of the customers with this value
 * @param through of them and all customers below
 */
record CumulativePoint(BigInteger value, Sums own, Sums through) implements Serializable {
  BigInteger through(CumulativeOf along) {
    return through.along(along);
  }

  BigInteger below(CumulativeOf along) {
    return through.along(along).subtract(own.along(along));
  }

  long customersBelow() {
    return through.customers() - own.customers();
  }

  /** Whether a level is reached at this value, and at none below. */
  boolean reaches(CumulativeOf along, BigInteger level) {
    return below(along).compareTo(level) < 0 && level.compareTo(through(along)) <= 0;
  }
}
