package io.karat.segments;

import java.util.stream.IntStream;

/**
 * Ranks of customers by one number among all customers, above 0 and below 1: the share of customers
 * with less, and half of those with as much.
 */
final class MemberRanks {
  private static final double MIDDLE = 0.5;

  private final double[] ranks;
  private final int[] segments;

  /**
   * Ranks by values, all known.
   *
   * @param segments of the customers, as indices
   */
  MemberRanks(double[] values, int[] segments) {
    this.segments = segments.clone();
    this.ranks = new double[values.length];
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Double.compare(values[a], values[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to) / 2.0 / order.length;
      }
      from = to;
    }
  }

  /** The rank of the median member of a segment; the middle if nobody is in it. */
  double median(int segment) {
    double[] sorted = members(segment).mapToDouble(i -> ranks[i]).sorted().toArray();
    return sorted.length == 0
        ? MIDDLE
        : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** The share of the members who are above, or below, the middle of all customers. */
  double share(int segment, boolean isAbove) {
    return members(segment)
        .mapToDouble(i -> (isAbove ? ranks[i] > MIDDLE : ranks[i] < MIDDLE) ? 1 : 0)
        .average()
        .orElse(0);
  }

  private IntStream members(int segment) {
    return IntStream.range(0, segments.length).filter(i -> segments[i] == segment);
  }
}
