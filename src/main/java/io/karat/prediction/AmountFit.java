package io.karat.prediction;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * A fitted amount of buyers: the exponential of a linear score, times the smearing of Duan (1983),
 * the mean of the exponentials of the residuals, times the share of buyers who do not return
 * everything.
 *
 * @param fit of the logarithm of the amount, among buyers with net sales above 0
 * @param low the least logarithm that the fit has seen; a score is limited to both
 * @param high the largest
 * @param smearing both factors together
 * @param customers the buyers of the fit
 */
record AmountFit(RegressionFit fit, double low, double high, double smearing, int customers) {
  /** Fits the amounts of buyers; empty if there are too few. */
  static Optional<AmountFit> of(
      RegressionSample buyers, Penalty penalty, Optional<SparkSession> spark) {
    int[] kept = IntStream.range(0, buyers.size()).filter(i -> buyers.response(i) > 0).toArray();
    if (kept.length < PredictionFit.FEWEST) {
      return Optional.empty();
    }

    double[] logs =
        Arrays.stream(kept).mapToDouble(i -> StrictMath.log(buyers.response(i))).toArray();
    double mean = mean(logs);
    double deviation = deviation(logs, mean);
    double[][] rows = Arrays.stream(kept).mapToObj(buyers::row).toArray(double[][]::new);
    // In deviations, so that a penalty means the same for any currency.
    RegressionSample sample =
        new RegressionSample(
            rows, Arrays.stream(logs).map(it -> (it - mean) / deviation).toArray());
    Regression regression = new Regression(RegressionFamily.LINEAR, penalty);
    return (deviation > 0
            ? regression.fit(sample, start(regression, sample, spark))
            : Optional.<RegressionFit>empty())
        .map(it -> it.scaled(mean, deviation).rounded())
        .map(it -> of(it, rows, logs, (double) kept.length / buyers.size()));
  }

  private static RegressionFit start(
      Regression regression, RegressionSample sample, Optional<SparkSession> spark) {
    return spark
        .map(it -> MllibRegression.of(it).fit(regression, sample))
        .orElseGet(() -> RegressionFit.of(0, new double[sample.width()]));
  }

  private static AmountFit of(RegressionFit fit, double[][] rows, double[] logs, double keptShare) {
    double smeared = 0;
    double[] scores = fit.scores(new RegressionSample(rows, logs));
    for (int i = 0; i < logs.length; i++) {
      smeared += StrictMath.exp(logs[i] - scores[i]);
    }
    return new AmountFit(
        fit,
        PredictionFeature.rounded(Arrays.stream(logs).min().orElseThrow()),
        PredictionFeature.rounded(Arrays.stream(logs).max().orElseThrow()),
        PredictionFeature.rounded(smeared / logs.length * keptShare),
        logs.length);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }

  /** The expected amounts of customers, if they buy. */
  double[] amounts(RegressionSample customers) {
    return Arrays.stream(fit.scores(customers))
        .map(score -> StrictMath.exp(Math.min(Math.max(score, low), high)) * smearing)
        .toArray();
  }
}
