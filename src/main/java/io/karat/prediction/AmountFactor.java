package io.karat.prediction;

/**
 * A correction of predicted amounts that is used only where it would have helped.
 *
 * @param factor of the days after the fit
 * @param judged of the days of the back-test; the factor is used only where this one helped
 */
record AmountFactor(double factor, double judged, boolean isUsed) {
  /** No correction. */
  static final AmountFactor NONE = new AmountFactor(1, 1, false);

  /**
   * A factor, which is used if that of the back-test brings the total nearer to the truth.
   *
   * @param bias of the amounts without it in the back-test
   */
  static AmountFactor of(double factor, double judged, double bias) {
    boolean isBetter = Math.abs((1 + bias) * judged - 1) < Math.abs(bias);
    return new AmountFactor(
        PredictionFeature.rounded(factor), PredictionFeature.rounded(judged), isBetter);
  }

  /** The factor that amounts are multiplied with. */
  double applied() {
    return isUsed ? factor : 1;
  }

  /** The factor that the amounts of the back-test are multiplied with. */
  double tested() {
    return isUsed ? judged : 1;
  }
}
