package io.karat.prediction;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Gradient-boosted trees of MLlib, as a challenger of the regression: chance by classification,
 * amount of buyers by regression of its logarithm with the same smearing. At most 50,000 customers
 * fit them, as trees take their time.
 */
record BoostedTrees(SparkSession spark) {
  private static final int MOST = 50_000;
  private static final int TREES = 20;
  private static final int DEPTH = 3;
  private static final long SEED = 42;
  private static final double LEAST_CHANCE = 1e-6;

  /** Fits to some customers, and predicts others. */
  Predictor predictor(PredictionFeatures features, PastCustomers fitted, PastCustomers others) {
    int step = fitted.size() / MOST + 1;
    int[] some = IntStream.range(0, fitted.size()).filter(i -> i % step == 0).toArray();
    double[] labels = FittedPrediction.labels(fitted);
    double[] sales = fitted.known(PredictionFit.NET_SALES);
    double[][] rows = features.rows(others, IntStream.range(0, others.size()).toArray());
    GBTClassificationModel chance =
        new GBTClassifier()
            .setMaxIter(TREES)
            .setMaxDepth(DEPTH)
            .setSeed(SEED)
            .fit(frame(features, fitted, some, labels));
    double[] chances =
        Arrays.stream(rows)
            .mapToDouble(row -> chance.predictProbability(Vectors.dense(row)).apply(1))
            .map(it -> Math.min(Math.max(it, LEAST_CHANCE), 1 - LEAST_CHANCE))
            .toArray();
    int[] kept = Arrays.stream(some).filter(i -> labels[i] > 0 && sales[i] > 0).toArray();
    return Predictor.ofChances(
        Predictor.TREES,
        chances,
        kept.length < PredictionFit.FEWEST
            ? Optional.empty()
            : Optional.of(
                amounts(features, fitted, kept, sales, rows, chances, share(labels, some, kept))));
  }

  private static double share(double[] labels, int[] some, int[] kept) {
    return kept.length / Arrays.stream(some).mapToDouble(i -> labels[i]).sum();
  }

  private double[] amounts(
      PredictionFeatures features,
      PastCustomers fitted,
      int[] kept,
      double[] sales,
      double[][] rows,
      double[] chances,
      double keptShare) {
    double[] logs = Arrays.stream(sales).map(it -> it > 0 ? StrictMath.log(it) : 0).toArray();
    GBTRegressionModel amount =
        new GBTRegressor()
            .setMaxIter(TREES)
            .setMaxDepth(DEPTH)
            .setSeed(SEED)
            .fit(frame(features, fitted, kept, logs));
    double[][] own = features.rows(fitted, kept);
    double smeared =
        IntStream.range(0, kept.length)
            .mapToDouble(i -> StrictMath.exp(logs[kept[i]] - amount.predict(Vectors.dense(own[i]))))
            .sum();
    double smearing = smeared / kept.length * keptShare;
    return IntStream.range(0, rows.length)
        .mapToDouble(
            i -> chances[i] * StrictMath.exp(amount.predict(Vectors.dense(rows[i]))) * smearing)
        .toArray();
  }

  private Dataset<Row> frame(
      PredictionFeatures features, PastCustomers customers, int[] some, double[] responses) {
    return MllibRegression.of(spark)
        .frame(
            new RegressionSample(
                features.rows(customers, some),
                Arrays.stream(some).mapToDouble(i -> responses[i]).toArray()));
  }
}
