package io.karat.prediction;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Regressions of Spark's MLlib over a sample in one partition, in the order of the sample: its
 * order decides the digits.
 *
 * @param tolerance of the convergence of the loss
 */
record MllibRegression(SparkSession spark, double tolerance) {
  static final String FEATURES = "features";
  static final String LABEL = "label";

  private static final StructType SCHEMA =
      new StructType().add(LABEL, DataTypes.DoubleType).add(FEATURES, SQLDataTypes.VectorType());
  private static final int STEPS = 200;

  /** The tolerance of a fit that is sharpened by {@link Regression} afterwards. */
  private static final double SHARPENED = 1e-6;

  /** Regressions that are sharpened afterwards. */
  static MllibRegression of(SparkSession spark) {
    return new MllibRegression(spark, SHARPENED);
  }

  /** Fits a regression. */
  RegressionFit fit(Regression regression, RegressionSample sample) {
    return switch (regression.family()) {
      case LOGISTIC -> logistic(regression.penalty(), sample);
      case LINEAR -> linear(regression.penalty(), sample);
    };
  }

  private RegressionFit logistic(Penalty penalty, RegressionSample sample) {
    LogisticRegressionModel model =
        new LogisticRegression()
            .setFamily("binomial")
            .setRegParam(penalty.strength())
            .setElasticNetParam(Penalty.MIXING)
            .setStandardization(false)
            .setMaxIter(STEPS)
            .setTol(tolerance)
            .fit(frame(sample));
    return RegressionFit.of(model.intercept(), model.coefficients().toArray());
  }

  private RegressionFit linear(Penalty penalty, RegressionSample sample) {
    LinearRegressionModel model =
        new LinearRegression()
            .setSolver("l-bfgs")
            .setRegParam(penalty.strength())
            .setElasticNetParam(Penalty.MIXING)
            .setStandardization(false)
            .setMaxIter(STEPS)
            .setTol(tolerance)
            .fit(frame(sample));
    return RegressionFit.of(model.intercept(), model.coefficients().toArray());
  }

  /** One row per customer, in one partition. */
  Dataset<Row> frame(RegressionSample sample) {
    List<Row> rows = new ArrayList<>(sample.size());
    for (int i = 0; i < sample.size(); i++) {
      rows.add(RowFactory.create(sample.response(i), Vectors.dense(sample.row(i))));
    }
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }
}
