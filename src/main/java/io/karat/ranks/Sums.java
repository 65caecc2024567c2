package io.karat.ranks;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * Sums over some customers.
 *
 * @param customers the number of customers
 * @param values the number of distinct values
 * @param total the sum of their values
 * @param positive the sum of their positive values
 * @param added the sum of positive values of another column
 */
record Sums(long customers, long values, BigInteger total, BigInteger positive, BigInteger added)
    implements Serializable {
  static final Sums NONE = new Sums(0, 0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

  /** The sums over customers with the same value. */
  static Sums of(ValueCount counted) {
    BigInteger total = counted.value().multiply(BigInteger.valueOf(counted.customers()));
    return new Sums(counted.customers(), 1, total, total.max(BigInteger.ZERO), counted.added());
  }

  Sums plus(Sums other) {
    return new Sums(
        customers + other.customers,
        values + other.values,
        total.add(other.total),
        positive.add(other.positive),
        added.add(other.added));
  }

  Sums minus(Sums other) {
    return new Sums(
        customers - other.customers,
        values - other.values,
        total.subtract(other.total),
        positive.subtract(other.positive),
        added.subtract(other.added));
  }

  BigInteger along(CumulativeOf along) {
    return switch (along) {
      case CUSTOMERS -> BigInteger.valueOf(customers);
      case VALUE -> positive;
      case ADDED -> added;
    };
  }
}
