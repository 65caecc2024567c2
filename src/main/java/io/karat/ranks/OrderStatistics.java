package io.karat.ranks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was found in one order of customers.
 *
 * @param scale decimals of its values
 * @param all what all customers amount to
 * @param steps those that were looked for and their neighbours, from the least value up
 * @param weighted the sum of 2i - 1 times the value of the i-th customer, from the least value up
 */
record OrderStatistics(int scale, Sums all, List<CumulativePoint> steps, BigInteger weighted) {
  OrderStatistics {
    steps = List.copyOf(steps);
  }

  static OrderStatistics nothing(int scale) {
    return new OrderStatistics(scale, Sums.NONE, List.of(), BigInteger.ZERO);
  }

  /** Where a level is reached. */
  CumulativePoint at(CumulativeOf along, BigInteger level) {
    int index = first(step -> step.through(along).compareTo(level) >= 0);
    if (index == steps.size() || !steps.get(index).reaches(along, level)) {
      throw new IllegalStateException("Nothing was looked for at %s of %s".formatted(level, along));
    }

    return steps.get(index);
  }

  /** The next greater value, where that was looked for or this was. */
  Optional<CumulativePoint> above(CumulativePoint step) {
    int index = first(it -> it.value().compareTo(step.value()) > 0);
    return index == steps.size() ? Optional.empty() : Optional.of(steps.get(index));
  }

  /** The next smaller value, where that was looked for or this was. */
  Optional<CumulativePoint> below(CumulativePoint step) {
    int index = first(it -> it.value().compareTo(step.value()) >= 0);
    return index == 0 ? Optional.empty() : Optional.of(steps.get(index - 1));
  }

  /** The first step of which something holds that holds of all steps after it. */
  private int first(Predicate<CumulativePoint> holds) {
    int low = 0;
    int high = steps.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(steps.get(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** A value in its own decimals. */
  BigDecimal decimal(BigInteger units) {
    return new BigDecimal(units, scale);
  }
}
