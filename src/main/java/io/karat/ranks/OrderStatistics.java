package io.karat.ranks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Order statistics of one series: the points of its cumulative distribution that a query needs.
 *
 * @param scale the decimals of its values
 * @param all the sums over all customers
 * @param steps the points that were searched for and their neighbours, from the least value up
 * @param weighted the sum of 2i - 1 times the value of the i-th customer, from the least value up
 */
record OrderStatistics(int scale, Sums all, List<CumulativePoint> steps, BigInteger weighted) {
  OrderStatistics {
    steps = List.copyOf(steps);
  }

  static OrderStatistics nothing(int scale) {
    return new OrderStatistics(scale, Sums.NONE, List.of(), BigInteger.ZERO);
  }

  /**
   * The point at which a cumulative quantity reaches a level.
   *
   * @throws IllegalStateException if the level was not searched for
   */
  CumulativePoint at(CumulativeOf along, BigInteger level) {
    int index = first(step -> step.through(along).compareTo(level) >= 0);
    if (index == steps.size() || !steps.get(index).reaches(along, level)) {
      throw new IllegalStateException("Nothing was looked for at %s of %s".formatted(level, along));
    }

    return steps.get(index);
  }

  /** The next greater value, if a search found it or the given one. */
  Optional<CumulativePoint> above(CumulativePoint step) {
    int index = first(it -> it.value().compareTo(step.value()) > 0);
    return index == steps.size() ? Optional.empty() : Optional.of(steps.get(index));
  }

  /** The next smaller value, if a search found it or the given one. */
  Optional<CumulativePoint> below(CumulativePoint step) {
    int index = first(it -> it.value().compareTo(step.value()) >= 0);
    return index == 0 ? Optional.empty() : Optional.of(steps.get(index - 1));
  }

  /**
   * The index of the first point that meets a condition, which then holds for all later points too.
   */
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

  /** A value with its decimals. */
  BigDecimal decimal(BigInteger units) {
    return new BigDecimal(units, scale);
  }
}
