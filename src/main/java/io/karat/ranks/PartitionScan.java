package io.karat.ranks;

import static java.util.Comparator.comparing;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The way through one partition's values of one series, from the least to the greatest. It keeps
 * the steps that are looked for with their neighbours, and its own first and last step, so that
 * neighbours across partitions are there too.
 */
final class PartitionScan {
  private final RunningSums sums;
  private final List<Thresholds> levels;
  private final List<EvenRanks> spreads;
  private final BigIntegerSum weighted = new BigIntegerSum();
  private final List<CumulativePoint> steps = new ArrayList<>();
  private ValueCount last;
  private boolean isLastReached;
  private boolean isLastKept = true;

  /**
   * Starts at the least value of the partition.
   *
   * @param before what the customers of the partitions before it amount to
   */
  PartitionScan(RankTargets search, Sums before, ValueCount first) {
    sums = new RunningSums(before);
    levels =
        search.levels().entrySet().stream()
            .map(along -> new Thresholds(along.getKey(), along.getValue()))
            .toList();
    spreads = search.spreads();
    last = first;
    areReached();
    isLastReached = isReachedAt(first);
  }

  /** Goes on to the next greater value. */
  void to(ValueCount next) {
    boolean isReached = isReachedAt(next);
    if (isLastKept || isReached) {
      keep(last, sums.now().minus(Sums.of(next)));
    }
    isLastKept = isReached || isLastReached || isTaken(next);
    isLastReached = isReached;
    last = next;
  }

  /** Ends at the greatest value of the partition. */
  Leg end() {
    keep(last, sums.now());
    return new Leg(last.series(), steps, weighted.total());
  }

  private boolean isReachedAt(ValueCount value) {
    long below = sums.customers();
    sums.add(value);
    weighted.add(
        value.value(), Math.multiplyExact(value.customers(), 2 * below + value.customers()));
    return areReached();
  }

  private boolean areReached() {
    boolean isReached = false;
    for (Thresholds some : levels) {
      isReached |= some.areReached(sums);
    }
    return isReached;
  }

  private boolean isTaken(ValueCount value) {
    long through = sums.customers();
    return spreads.stream().anyMatch(spread -> spread.takes(through - value.customers(), through));
  }

  private void keep(ValueCount value, Sums through) {
    steps.add(new CumulativePoint(value.value(), Sums.of(value), through));
  }

  /**
   * What a walk has found.
   *
   * @param weighted the sum of 2i - 1 times the value of the i-th customer, counted from the least
   *     value of all
   */
  record Leg(long series, List<CumulativePoint> steps, BigInteger weighted)
      implements Serializable {
    /** Where nothing was looked for. */
    static Leg none(long series) {
      return new Leg(series, List.of(), BigInteger.ZERO);
    }

    /** The same of another partition as well. */
    Leg and(Leg other) {
      List<CumulativePoint> both = new ArrayList<>(steps);
      both.addAll(other.steps);
      both.sort(comparing(CumulativePoint::value));
      return new Leg(series, both, weighted.add(other.weighted));
    }
  }
}
