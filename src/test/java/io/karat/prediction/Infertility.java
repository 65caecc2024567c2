package io.karat.prediction;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts of the 248 women of a study of infertility after abortion (Trichopoulos and others 1976),
 * by number of spontaneous and of induced abortions: the example of R's {@code infert}.
 */
final class Infertility {
  /** Spontaneous abortions, induced abortions, controls, cases. */
  private static final int[][] COUNTS = {
    {0, 0, 60, 7},
    {0, 1, 33, 12},
    {0, 2, 20, 9},
    {1, 0, 25, 22},
    {1, 1, 11, 5},
    {1, 2, 4, 4},
    {2, 0, 11, 18},
    {2, 1, 1, 6}
  };

  private Infertility() {}

  /** One row per woman: both numbers; the response is 1 for a case. */
  static RegressionSample sample() {
    List<double[]> rows = new ArrayList<>();
    List<Double> cases = new ArrayList<>();
    for (int[] cell : COUNTS) {
      for (int i = 0; i < cell[2] + cell[3]; i++) {
        rows.add(new double[] {cell[0], cell[1]});
        cases.add(i < cell[2] ? 0.0 : 1.0);
      }
    }
    return new RegressionSample(
        rows.toArray(double[][]::new), cases.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
