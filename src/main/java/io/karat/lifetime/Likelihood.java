package io.karat.lifetime;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;

/**
 * How likely what customers did is, as a function of the logarithms of four or fewer parameters.
 */
interface Likelihood {
  /** Terms are added in blocks of this size, so that the sum does not depend on the cores. */
  int BLOCK = 4_096;

  /** How many customers it is about. */
  double customers();

  /**
   * Where a search may begin; the best of them is taken first. All times are measured by what is
   * seen, so that the unit of time changes nothing.
   */
  List<double[]> starts();

  /** The mean log-likelihood of a customer, and its slope along each logarithm. */
  Point at(double[] logarithms);

  /** A sum of {@code terms} terms, each of them added to the numbers that it gets. */
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

  /** What one term adds. */
  @FunctionalInterface
  interface Terms {
    void add(int term, double[] sum);
  }

  /** A value and its slope. */
  record Point(double value, RealVector slope) {
    /**
     * From sums over all customers.
     *
     * @param sums the value first, then the slope along each parameter
     * @param parameters what the slope is to be taken along the logarithms of
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
