package io.karat.prediction;

import io.karat.ranks.MeanRanks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Predictions without a model, with which a model has to compete: recency, the sum of RFM ranks,
 * sales so far, the rate of purchase so far, and the same days of last year.
 */
record NaivePredictors(PastCustomers customers, int days) {
  static final String RECENCY = "recency_days";
  static final String TENURE = "tenure_days";
  static final String DAYS = "transaction_day_count_lifetime";
  static final String SALES = "net_sales_amount_lifetime";

  /** The indicators that they need. */
  static final List<String> INDICATORS = List.of(RECENCY, TENURE, DAYS, SALES);

  List<Predictor> all() {
    List<Predictor> all = new ArrayList<>();
    all.add(Predictor.ofRanks("recency", recent()));
    all.add(Predictor.ofRanks("rfm_rank_sum", rankSum()));
    all.add(Predictor.ofAmounts("past_sales", pastSales()));
    all.add(Predictor.ofAmounts("rate", rate()));
    double[] lastYear = customers.known(PredictionFit.LAST_YEAR);
    if (Arrays.stream(lastYear).anyMatch(it -> it != 0)) {
      all.add(Predictor.ofAmounts("last_year", lastYear));
    }
    return all;
  }

  /** The negative recency; whoever never bought comes last. */
  private double[] recent() {
    double[] recency = customers.values(RECENCY);
    return of(i -> Double.isNaN(recency[i]) ? Double.NEGATIVE_INFINITY : -recency[i]);
  }

  private double[] rankSum() {
    double[] recent = MeanRanks.of(recent()).all();
    double[] often = MeanRanks.of(customers.known(DAYS)).all();
    double[] much = MeanRanks.of(customers.known(SALES)).all();
    return of(i -> recent[i] + often[i] + much[i]);
  }

  /** The sales so far, times the horizon over the days since the first sale of all. */
  private double[] pastSales() {
    double seen = Arrays.stream(customers.known(TENURE)).max().orElse(0) + 1;
    double[] sales = customers.known(SALES);
    return of(i -> sales[i] * days / seen);
  }

  /** The frequency and the mean amount of a day since the own first sale, continued. */
  private double[] rate() {
    double[] tenure = customers.known(TENURE);
    double[] often = customers.known(DAYS);
    double[] sales = customers.known(SALES);
    return of(
        i ->
            often[i] > 0
                ? (often[i] - 1) / Math.max(tenure[i], 1) * days * (sales[i] / often[i])
                : 0);
  }

  private double[] of(IntToDoubleFunction prediction) {
    return IntStream.range(0, customers.size()).mapToDouble(prediction).toArray();
  }
}
