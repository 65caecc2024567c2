package io.karat.ranks;

import static java.util.Comparator.comparing;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A scan of one partition's values of one series, from the least to the greatest. It keeps the
 * points searched for with their neighbours, and its own first and last point, so that a neighbour
 * in another partition is kept too.
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
   * @param before the sums over the customers of all earlier partitions
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

  /** Advances to the next greater value. */
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
   * The points that a scan found.
   *
   * @param weighted the sum of 2i - 1 times the value of the i-th customer, where i counts from the
   *     least value of all partitions
   */
  record Leg(long series, List<CumulativePoint> steps, BigInteger weighted)
      implements Serializable {
    /** A scan without a search. */
    static Leg none(long series) {
      return new Leg(series, List.of(), BigInteger.ZERO);
    }

    /** The points of this partition and another one. */
    Leg and(Leg other) {
      List<CumulativePoint> both = new ArrayList<>(steps);
      both.addAll(other.steps);
      both.sort(comparing(CumulativePoint::value));
      return new Leg(series, both, weighted.add(other.weighted));
    }
  }
}
