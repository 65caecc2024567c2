package io.karat.ranks;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A point of a cumulative distribution: a value, and the sums up to it.
 *
 * @param own the sums over the customers with this value
 * @param through the sums over these and all customers below
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

  /** Whether a level is reached at this value, but not below it. */
  boolean reaches(CumulativeOf along, BigInteger level) {
    return below(along).compareTo(level) < 0 && level.compareTo(through(along)) <= 0;
  }
}
