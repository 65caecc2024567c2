package io.karat.segments;

import java.util.List;

/** Customers with indicators, all known, and the segment of each as an index. */
final class LabelledCustomers {
  private final List<String> indicators;
  private final double[][] values;
  private final int[] segments;
  private final int k;

  /**
   * Customers in a fixed order.
   *
   * @param values of each indicator, of all customers
   * @param segments of the customers, from 0 to {@code k} - 1
   */
  LabelledCustomers(List<String> indicators, double[][] values, int[] segments, int k) {
    this.indicators = List.copyOf(indicators);
    this.values = values;
    this.segments = segments.clone();
    this.k = k;
  }

  List<String> indicators() {
    return indicators;
  }

  int size() {
    return segments.length;
  }

  int k() {
    return k;
  }

  double value(int indicator, int customer) {
    return values[indicator][customer];
  }

  int segment(int customer) {
    return segments[customer];
  }

  /** The number of some customers in each segment. */
  long[] counts(int[] customers) {
    long[] counts = new long[k];
    for (int customer : customers) {
      counts[segments[customer]]++;
    }
    return counts;
  }
}
