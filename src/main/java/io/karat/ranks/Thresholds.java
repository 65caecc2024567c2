package io.karat.ranks;

import java.math.BigInteger;
import java.util.List;
import java.util.SortedSet;

/** Thresholds of a cumulative quantity, in rising order, of which each is passed once. */
final class Thresholds {
  private final CumulativeOf along;
  private final List<BigInteger> rising;
  private int next;

  Thresholds(CumulativeOf along, SortedSet<BigInteger> levels) {
    this.along = along;
    this.rising = List.copyOf(levels);
  }

  /** Whether the sums reach one or more further thresholds. */
  boolean areReached(RunningSums sums) {
    if (next == rising.size()) {
      return false;
    }

    int before = next;
    BigInteger through = sums.along(along);
    while (next < rising.size() && rising.get(next).compareTo(through) <= 0) {
      next++;
    }
    return next > before;
  }
}
