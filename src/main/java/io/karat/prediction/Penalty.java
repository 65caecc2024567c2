package io.karat.prediction;

/**
 * A penalty on coefficients, the elastic net of Zou and Hastie (2005) with equal parts: strength x
 * (sum of absolute values / 2 + sum of squares / 4), beside the mean loss per customer. The
 * intercept has none.
 */
record Penalty(double strength) {
  static final double MIXING = 0.5;

  /** The factor of the absolute value of a coefficient. */
  double absolute() {
    return strength * MIXING;
  }

  /** The factor of half the square of a coefficient. */
  double squared() {
    return strength * (1 - MIXING);
  }

  double of(double[] coefficients) {
    double sum = 0;
    for (double coefficient : coefficients) {
      sum += absolute() * Math.abs(coefficient) + squared() * coefficient * coefficient / 2;
    }
    return sum;
  }
}
