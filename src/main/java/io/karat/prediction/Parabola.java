package io.karat.prediction;

/**
 * The parabola that touches the mean loss of a sample at a point: its slope and curvature, of the
 * intercept first.
 */
final class Parabola {
  private final double[] slope;
  private final double[][] curvature;

  private Parabola(double[] slope, double[][] curvature) {
    this.slope = slope;
    this.curvature = curvature;
  }

  /** Adds up the customers in their order. */
  static Parabola of(RegressionFamily family, RegressionSample sample, double[] at) {
    double[] slope = new double[at.length];
    double[][] curvature = new double[at.length][at.length];
    double[] row = new double[at.length];
    row[0] = 1;
    for (int i = 0; i < sample.size(); i++) {
      double score = at[0];
      for (int j = 1; j < at.length; j++) {
        row[j] = sample.value(i, j - 1);
        score += at[j] * row[j];
      }
      double mean = family.mean(score);
      double bend = family.curvature(mean);
      double error = mean - sample.response(i);
      for (int j = 0; j < at.length; j++) {
        slope[j] += error * row[j];
        double weighted = bend * row[j];
        for (int k = 0; k <= j; k++) {
          curvature[j][k] += weighted * row[k];
        }
      }
    }
    for (int j = 0; j < at.length; j++) {
      slope[j] /= sample.size();
      for (int k = 0; k <= j; k++) {
        curvature[j][k] /= sample.size();
        curvature[k][j] = curvature[j][k];
      }
    }
    return new Parabola(slope, curvature);
  }

  double[] slope() {
    return slope;
  }

  double[][] curvature() {
    return curvature;
  }
}
