package io.karat.prediction;

/**
 * A sample of customers for a regression: a row of predictors and a response for each, in a fixed
 * order, on which the last digits of sums depend.
 */
final class RegressionSample {
  private final double[][] rows;
  private final double[] responses;

  /**
   * A sample.
   *
   * @param rows the predictors of each customer, all of one length, all known
   * @param responses 0 or 1 for a chance, any number for an amount
   */
  RegressionSample(double[][] rows, double[] responses) {
    if (rows.length != responses.length) {
      throw new IllegalArgumentException(
          "%d rows have %d responses".formatted(rows.length, responses.length));
    }

    this.rows = rows.clone();
    this.responses = responses.clone();
  }

  int size() {
    return responses.length;
  }

  /** The number of predictors. */
  int width() {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  double value(int customer, int predictor) {
    return rows[customer][predictor];
  }

  double response(int customer) {
    return responses[customer];
  }

  double[] row(int customer) {
    return rows[customer].clone();
  }
}
