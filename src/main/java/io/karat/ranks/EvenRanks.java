package io.karat.ranks;

import java.io.Serializable;

/**
 * A set of values evenly spaced by rank: those of the customers at floor(j x (customers - 1) /
 * (most - 1)), counted from 0, for j from 0 to most - 1; all values if there are at most {@code
 * most}.
 */
record EvenRanks(int most, Sums all) implements Serializable {
  boolean takes(CumulativePoint step) {
    return takes(step.customersBelow(), step.through().customers());
  }

  /**
   * Whether the set contains the value with these numbers of customers below and at or below it.
   */
  boolean takes(long below, long through) {
    return all.values() <= most || taken(through) > taken(below);
  }

  /** The number of selected ranks among the lowest {@code customers}. */
  private long taken(long customers) {
    long steps = all.customers() - 1;
    long reached = Math.multiplyExact(customers, most - 1L);
    return Math.min(most, Math.floorDiv(reached + steps - 1, steps));
  }
}
