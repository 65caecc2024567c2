package io.karat.prediction;

import io.karat.lifetime.HoldoutEvaluation;
import io.karat.lifetime.PurchaseForecast;
import io.karat.settings.PredictionSettings.Challenger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A back-test: a model of customers known two horizons ago, applied to those known one horizon ago,
 * beside what these did since.
 *
 * @param slope of the logistic regression of purchases on the logarithms of the predicted odds: 1
 *     of perfect calibration, below it if chances are too extreme
 * @param judgements the regression first, then challengers and naive rules
 * @param level the total of the fit's own customers over what is predicted of them
 * @param dispersion the sum of the squared errors of amounts over that of the squared amounts
 */
record PredictionBackTest(
    int customers,
    int buyers,
    double sales,
    double slope,
    AmountFactor level,
    AmountFactor season,
    double dispersion,
    List<PredictorJudgement> judgements) {
  private static final double MOST_BIAS = 0.5;

  PredictionBackTest {
    judgements = List.copyOf(judgements);
  }

  static PredictionBackTest of(
      PredictionPlan plan,
      FittedPrediction tested,
      FittedPrediction fitted,
      PastCustomers earlier,
      PastCustomers last,
      Optional<double[]> lastYears,
      SparkSession spark) {
    double[] labels = FittedPrediction.labels(last);
    double[] sales = last.known(PredictionFit.NET_SALES);
    double[] chances = tested.chances(last);
    Optional<double[]> plain = tested.amounts(last);
    AmountFactor level =
        plain
            .flatMap(
                it ->
                    tested
                        .level(earlier)
                        .flatMap(
                            judged ->
                                fitted
                                    .level(last)
                                    .map(own -> AmountFactor.of(own, judged, bias(it, sales)))))
            .orElse(AmountFactor.NONE);
    Optional<double[]> levelled = plain.map(it -> times(it, level.tested()));
    AmountFactor season =
        levelled
            .flatMap(it -> lastYears.map(years -> SeasonFactor.of(years, bias(it, sales))))
            .orElse(AmountFactor.NONE);
    Optional<double[]> amounts = levelled.map(it -> times(it, season.tested()));
    Predictor published = Predictor.ofChances(Predictor.REGRESSION, chances, amounts);
    List<Predictor> all = new ArrayList<>(List.of(published));
    if (plan.settings().challengers().contains(Challenger.GBT)) {
      all.add(new BoostedTrees(spark).predictor(tested.features(), earlier, last));
    }
    purchases(plan, last).ifPresent(all::add);
    all.addAll(new NaivePredictors(last, plan.days()).all());
    return new PredictionBackTest(
        last.size(),
        last.positive(PredictionFit.BOUGHT).length,
        Arrays.stream(sales).sum(),
        slope(chances, labels),
        level,
        season,
        amounts.map(it -> dispersion(it, sales)).orElse(0.0),
        all.stream().map(it -> PredictorJudgement.of(it, published, labels, sales)).toList());
  }

  private static Optional<Predictor> purchases(PredictionPlan plan, PastCustomers last) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    PurchaseForecast.names().forEach(name -> numbers.put(name, last.values(name)));
    return PurchaseForecast.of(numbers, plan.days())
        .map(it -> Predictor.ofChances(Predictor.PURCHASES, it.chances(), it.amounts()));
  }

  private static double[] times(double[] amounts, double factor) {
    return Arrays.stream(amounts).map(it -> it * factor).toArray();
  }

  private static double bias(double[] amounts, double[] sales) {
    return HoldoutEvaluation.ofAmounts(Predictor.REGRESSION, amounts, sales)
        .errors()
        .orElseThrow()
        .bias();
  }

  private static double dispersion(double[] amounts, double[] sales) {
    double squares = 0;
    double expected = 0;
    for (int i = 0; i < sales.length; i++) {
      squares += (sales[i] - amounts[i]) * (sales[i] - amounts[i]);
      expected += amounts[i] * amounts[i];
    }
    return squares / expected;
  }

  /** The calibration slope of chances (Cox 1958); 0 if it has no fit. */
  static double slope(double[] chances, double[] labels) {
    double[][] rows = new double[chances.length][1];
    for (int i = 0; i < chances.length; i++) {
      rows[i][0] = StrictMath.log(chances[i] / (1 - chances[i]));
    }
    return new Regression(RegressionFamily.LOGISTIC, new Penalty(0))
        .fit(new RegressionSample(rows, labels))
        .map(it -> it.coefficients().get(0))
        .orElse(0.0);
  }

  /** The bias of the published amounts, if it is too large for anybody to rely on them. */
  Optional<Double> biasBeyondUse() {
    return of(Predictor.REGRESSION)
        .flatMap(PredictorJudgement::errors)
        .map(HoldoutEvaluation.Errors::bias)
        .filter(it -> Math.abs(it) > MOST_BIAS);
  }

  /** The judgement of a predictor; empty if it was not judged. */
  Optional<PredictorJudgement> of(String name) {
    return judgements.stream().filter(it -> it.name().equals(name)).findFirst();
  }
}
