package io.karat.prediction;

/**
 * The season of the days that are predicted: sales of the same days last year over those of the
 * days before them last year, as long as the horizon. It is known if there were sales for two
 * horizons before that.
 */
final class SeasonFactor {
  private static final double MOST = 3;

  private SeasonFactor() {}

  /**
   * The factor of a night.
   *
   * @param sales net sales of last year, in periods as long as the horizon: two before those of the
   *     back-test, one before, those, and the ones after
   * @param bias of the amounts without a factor in the back-test
   */
  static AmountFactor of(double[] sales, double bias) {
    for (double period : sales) {
      if (!(period > 0)) {
        return AmountFactor.NONE;
      }
    }
    return AmountFactor.of(limited(sales[2] / sales[1]), limited(sales[1] / sales[0]), bias);
  }

  private static double limited(double factor) {
    return Math.min(Math.max(factor, 1 / MOST), MOST);
  }
}
