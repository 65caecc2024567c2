package io.karat.ranks;

import java.io.Serializable;

/**
 * Values spread evenly by rank: those of the customers at floor(j x (customers - 1) / (most - 1)),
 * counted from 0, for j from 0 to most - 1; all where there are no more than {@code most}.
 */
record EvenRanks(int most, Sums all) implements Serializable {
  boolean takes(CumulativePoint step) {
    return takes(step.customersBelow(), step.through().customers());
  }

  /** Whether it takes the value that has these customers below and these at or below. */
  boolean takes(long below, long through) {
    return all.values() <= most || taken(through) > taken(below);
  }

  /** How many of the places are among so many customers from below. */
  private long taken(long customers) {
    long steps = all.customers() - 1;
    long reached = Math.multiplyExact(customers, most - 1L);
    return Math.min(most, Math.floorDiv(reached + steps - 1, steps));
  }
}
