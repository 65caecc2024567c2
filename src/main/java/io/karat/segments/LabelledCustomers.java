package io.karat.segments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Customers with indicators, all known, and the segment of each as an index. */
final class LabelledCustomers {
  private final List<String> indicators;
  private final double[][] values;
  private final int[] segments;
  private final int k;
  private final double[] weights;

  /**
   * Customers in a fixed order.
   *
   * @param values of each indicator, of all customers
   * @param segments of the customers, from 0 to {@code k} - 1
   */
  LabelledCustomers(List<String> indicators, double[][] values, int[] segments, int k) {
    this(indicators, values, segments, k, 0);
  }

  private LabelledCustomers(
      List<String> indicators, double[][] values, int[] segments, int k, double balance) {
    this.indicators = List.copyOf(indicators);
    this.values = values;
    this.segments = segments.clone();
    this.k = k;
    this.weights =
        Arrays.stream(counts(IntStream.range(0, segments.length).toArray()))
            .mapToDouble(size -> size == 0 ? 0 : StrictMath.pow((double) size, -balance))
            .toArray();
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

  /**
   * The same customers, who weigh the less, the more there are in their segment.
   *
   * @param balance from 0, all customers weigh the same, to 1, all segments do
   */
  LabelledCustomers balanced(double balance) {
    return new LabelledCustomers(indicators, values, segments, k, balance);
  }

  /** The Gini impurity of some customers times their weight. */
  double impurity(long[] counts) {
    double sum = 0;
    double squares = 0;
    for (int j = 0; j < counts.length; j++) {
      double weight = (double) counts[j] * weights[j];
      sum += weight;
      squares += weight * weight;
    }
    return sum == 0 ? 0 : sum - squares / sum;
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
