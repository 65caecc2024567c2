package io.karat.prediction;

import io.karat.ranks.MeanRanks;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Discrimination between buyers and others by a score. */
final class Discrimination {
  private Discrimination() {}

  /**
   * The area under the ROC curve: the probability that a buyer has a higher score than another
   * customer, equal scores counted half (Mann and Whitney 1947). NaN without customers of either
   * kind.
   */
  static double auc(double[] scores, double[] labels) {
    double[] ranks = MeanRanks.of(scores).all();
    double buyers = 0;
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] > 0) {
        buyers++;
        sum += ranks[i];
      }
    }
    return (sum - buyers * (buyers + 1) / 2) / (buyers * (labels.length - buyers));
  }

  /** The positions of values from the smallest to the largest, equal ones in their order. */
  static int[] order(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }
}
