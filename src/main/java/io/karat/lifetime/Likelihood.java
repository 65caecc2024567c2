package io.karat.lifetime;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;

/**
 * The likelihood of customers' purchases or spend, as a function of the logarithms of four or fewer
 * parameters.
 */
interface Likelihood {
  /**
   * The size of the blocks in which terms are added, so that the sum does not depend on the cores.
   */
  int BLOCK = 4_096;

  /** The number of customers. */
  double customers();

  /**
   * Starting points of a search; the best of them is taken first. They scale with the times in the
   * data, so that the unit of time changes nothing.
   */
  List<double[]> starts();

  /** The mean log-likelihood per customer, and its gradient by the logarithms. */
  Point at(double[] logarithms);

  /** The sum of {@code terms} terms, each a vector of {@code numbers}. */
  static double[] sum(int terms, int numbers, Terms term) {
    int blocks = (terms + BLOCK - 1) / BLOCK;
    List<double[]> sums =
        IntStream.range(0, blocks)
            .parallel()
            .mapToObj(
                block -> {
                  double[] sum = new double[numbers];
                  int end = Math.min(terms, (block + 1) * BLOCK);
                  for (int i = block * BLOCK; i < end; i++) {
                    term.add(i, sum);
                  }
                  return sum;
                })
            .toList();
    double[] total = new double[numbers];
    for (double[] sum : sums) {
      for (int i = 0; i < numbers; i++) {
        total[i] += sum[i];
      }
    }
    return total;
  }

  /** The terms of a sum, each of which adds itself to {@code sum}. */
  @FunctionalInterface
  interface Terms {
    void add(int term, double[] sum);
  }

  /** A value and its gradient. */
  record Point(double value, RealVector slope) {
    /**
     * Makes a point of sums over all customers.
     *
     * @param sums the value first, then its derivative by each parameter
     * @param parameters the parameters, as the gradient is by their logarithms
     */
    static Point of(double[] sums, double[] parameters, double customers) {
      RealVector slope = new ArrayRealVector(parameters.length);
      for (int i = 0; i < parameters.length; i++) {
        slope.setEntry(i, sums[i + 1] * parameters[i] / customers);
      }
      return new Point(sums[0] / customers, slope);
    }
  }
}
