package io.karat.prediction;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * A prediction fitted to past customers and to what they did afterwards.
 *
 * @param amount empty if fewer than 100 buyers kept what they bought
 * @param customers the customers of the fit
 * @param buyers those who bought
 */
record FittedPrediction(
    PredictionFeatures features,
    RegressionFit chance,
    Penalty penalty,
    Optional<AmountFit> amount,
    int customers,
    int buyers) {
  /**
   * Fits both regressions.
   *
   * @param spark for a start by MLlib; without one, the same fit takes more steps
   * @return empty if there is no finite fit, or its curvature has no inverse
   */
  static Optional<FittedPrediction> of(
      PredictionFeatures features,
      PastCustomers customers,
      Penalty penalty,
      Optional<SparkSession> spark) {
    int[] all = IntStream.range(0, customers.size()).toArray();
    int[] bought = customers.positive(PredictionFit.BOUGHT);
    RegressionSample sample =
        new RegressionSample(features.rows(customers, all), labels(customers));
    Regression regression = new Regression(RegressionFamily.LOGISTIC, penalty);
    RegressionFit start =
        spark
            .map(it -> MllibRegression.of(it).fit(regression, sample))
            .orElseGet(() -> RegressionFit.of(0, new double[sample.width()]));
    double[] sales = customers.known(PredictionFit.NET_SALES);
    RegressionSample amounts =
        new RegressionSample(
            features.rows(customers, bought),
            Arrays.stream(bought).mapToDouble(i -> sales[i]).toArray());
    return regression
        .fit(sample, start)
        .filter(it -> !it.standardErrors().isEmpty())
        .map(RegressionFit::rounded)
        .map(
            it ->
                new FittedPrediction(
                    features,
                    it,
                    penalty,
                    AmountFit.of(amounts, penalty, spark),
                    customers.size(),
                    bought.length));
  }

  /** 1 of whoever bought afterwards, 0 of others. */
  static double[] labels(PastCustomers customers) {
    return Arrays.stream(customers.known(PredictionFit.BOUGHT)).map(it -> it > 0 ? 1 : 0).toArray();
  }

  /** The chances of customers. */
  double[] chances(PastCustomers others) {
    return Arrays.stream(chance.scores(sample(others)))
        .map(RegressionFamily.LOGISTIC::mean)
        .toArray();
  }

  /** The expected amounts of customers: chance times amount. */
  Optional<double[]> amounts(PastCustomers others) {
    double[] chances = chances(others);
    return amount
        .map(it -> it.amounts(sample(others)))
        .map(
            amounts ->
                IntStream.range(0, amounts.length)
                    .mapToDouble(i -> chances[i] * amounts[i])
                    .toArray());
  }

  /**
   * The net sales of the customers of the fit over what it expects of them: where residuals are
   * larger for some buyers than for others, the smearing of all misses the total. Empty without
   * amounts, or net sales above 0.
   */
  Optional<Double> level(PastCustomers own) {
    double actual = Arrays.stream(own.known(PredictionFit.NET_SALES)).sum();
    return amounts(own).map(it -> actual / Arrays.stream(it).sum()).filter(it -> it > 0);
  }

  /** Whether every buyer of the fit has a higher chance than anybody else. */
  boolean isSeparated(PastCustomers own) {
    return Discrimination.auc(chances(own), labels(own)) >= 1;
  }

  private RegressionSample sample(PastCustomers others) {
    int[] all = IntStream.range(0, others.size()).toArray();
    return new RegressionSample(features.rows(others, all), new double[others.size()]);
  }
}
