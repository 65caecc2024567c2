package io.karat.ranks;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * What customers amount to.
 *
 * @param customers how many
 * @param values how many different values they have
 * @param total of their values
 * @param positive of those of their values that are positive
 * @param added of positive values of another column
 */
record Sums(long customers, long values, BigInteger total, BigInteger positive, BigInteger added)
    implements Serializable {
  static final Sums NONE = new Sums(0, 0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

  /** The sums of customers with one value. */
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
