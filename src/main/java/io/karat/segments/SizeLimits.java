package io.karat.segments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Size limits of segments that a business can work with: none has less than 3 % of customers,
 * unless it has at least 5 % of sales.
 */
final class SizeLimits {
  private static final double LEAST_CUSTOMERS = 0.03;
  private static final double ENOUGH_SALES = 0.05;

  private final double[] sales;

  /**
   * Limits over some customers.
   *
   * @param sales of every customer; a negative amount counts as 0
   */
  SizeLimits(double[] sales) {
    this.sales = Arrays.stream(sales).map(amount -> Math.max(0, amount)).toArray();
  }

  /** The clusters that are too small. */
  List<Integer> tooSmall(int[] clusters, int k) {
    double[] held = new double[k];
    for (int i = 0; i < clusters.length; i++) {
      held[clusters[i]] += sales[i];
    }
    int[] sizes = Points.sizes(clusters, k);
    double all = Arrays.stream(held).sum();
    return IntStream.range(0, k)
        .filter(j -> sizes[j] < LEAST_CUSTOMERS * clusters.length)
        .filter(j -> all <= 0 || held[j] < ENOUGH_SALES * all)
        .boxed()
        .toList();
  }

  /** The limits over some of the customers. */
  SizeLimits at(int[] chosen) {
    return new SizeLimits(Arrays.stream(chosen).mapToDouble(i -> sales[i]).toArray());
  }
}
