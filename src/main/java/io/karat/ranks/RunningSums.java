package io.karat.ranks;

import java.math.BigInteger;

/** Cumulative {@link Sums}, to which values are added one by one. */
final class RunningSums {
  private final Sums before;
  private final BigIntegerSum total = new BigIntegerSum();
  private final BigIntegerSum positive = new BigIntegerSum();
  private final BigIntegerSum added = new BigIntegerSum();
  private long customers;
  private long values;

  RunningSums(Sums before) {
    this.before = before;
  }

  void add(ValueCount counted) {
    customers += counted.customers();
    values++;
    total.add(counted.value(), counted.customers());
    if (counted.value().signum() > 0) {
      positive.add(counted.value(), counted.customers());
    }
    added.add(counted.added(), 1);
  }

  long customers() {
    return before.customers() + customers;
  }

  BigInteger along(CumulativeOf along) {
    return switch (along) {
      case CUSTOMERS -> BigInteger.valueOf(customers());
      case VALUE -> before.positive().add(positive.total());
      case ADDED -> before.added().add(added.total());
    };
  }

  Sums now() {
    return before.plus(new Sums(customers, values, total.total(), positive.total(), added.total()));
  }
}
