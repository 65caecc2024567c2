package io.karat.prediction;

/**
 * The season of the days that are predicted: sales of the same days last year over those of the
 * days before them last year, as long as the horizon. It is known if there were sales for two
 * horizons before that.
 *
 * @param factor of the days after the fit
 * @param judged of the days of the back-test; the factor is used only where this one helped
 */
record SeasonFactor(double factor, double judged, boolean isUsed) {
  /** No correction. */
  static final SeasonFactor NONE = new SeasonFactor(1, 1, false);

  private static final double MOST = 3;

  /**
   * The factor of a night.
   *
   * @param sales net sales of last year, in periods as long as the horizon: two before those of the
   *     back-test, one before, those, and the ones after
   * @param bias of the amounts without a factor in the back-test
   */
  static SeasonFactor of(double[] sales, double bias) {
    for (double period : sales) {
      if (!(period > 0)) {
        return NONE;
      }
    }
    double judged = limited(sales[1] / sales[0]);
    double factor = limited(sales[2] / sales[1]);
    boolean isBetter = Math.abs((1 + bias) * judged - 1) < Math.abs(bias);
    return new SeasonFactor(
        PredictionFeature.rounded(factor), PredictionFeature.rounded(judged), isBetter);
  }

  private static double limited(double factor) {
    return Math.min(Math.max(factor, 1 / MOST), MOST);
  }

  /** The factor that amounts are multiplied with. */
  double applied() {
    return isUsed ? factor : 1;
  }
}
