package io.karat.movement;

import org.apache.commons.math3.distribution.TDistribution;

/** The interval around an estimate by Student's distribution, with a confidence of 95 %. */
record StudentInterval(double low, double high) {
  private static final double UPPER = 0.975;

  /**
   * The interval of an estimate.
   *
   * @param error its standard error
   * @param degrees the degrees of freedom, above 0
   */
  static StudentInterval of(double estimate, double error, int degrees) {
    // No generator, as nothing is drawn.
    double half = new TDistribution(null, degrees).inverseCumulativeProbability(UPPER) * error;
    return new StudentInterval(estimate - half, estimate + half);
  }
}
