package io.karat.prediction;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vectors;

/**
 * A prediction as a pipeline of Spark ML, for rows with the columns of {@code customer_indicators}:
 * the deviations of the features, their vector, the logistic regression with its vectors {@code
 * rawPrediction} and {@code probability}, and the published probability by the night's own
 * rounding, null for customers who are not asked.
 */
public record PredictionPipeline(PredictionPlan plan, PredictionModel model) {
  private static final String PREFIX = "karat_deviations_";
  private static final String UNIT = "1000000D";

  /** Makes the pipeline, whose stages are named by the model. */
  public PipelineModel pipeline() {
    String name = "karat_prediction_" + model.model().id();
    List<String> predictors = predictors();
    List<String> inputs = new ArrayList<>();
    for (int j = 0; j < predictors.size(); j++) {
      inputs.add(PREFIX + j);
    }
    return new PipelineModel(
        name,
        List.of(
            new SQLTransformer(name + "_deviations").setStatement(deviations(predictors)),
            new VectorAssembler(name + "_features")
                .setInputCols(inputs.toArray(String[]::new))
                .setOutputCol(MllibRegression.FEATURES),
            new LogisticRegressionModel(
                name + "_regression",
                Vectors.dense(model.chance().weights()),
                model.chance().intercept()),
            new SQLTransformer(name + "_chance").setStatement(chance())));
  }

  /** The expressions of the predictors, in the order of the coefficients. */
  private List<String> predictors() {
    List<String> predictors = new ArrayList<>();
    for (PredictionFeature feature : model.features()) {
      predictors.add(feature.deviationsSql());
      if (feature.unknownShare().isPresent()) {
        predictors.add(feature.unknownDeviationsSql());
      }
    }
    return predictors;
  }

  private static String deviations(List<String> predictors) {
    List<String> columns = new ArrayList<>();
    for (int j = 0; j < predictors.size(); j++) {
      columns.add("%s AS %s%d".formatted(predictors.get(j), PREFIX, j));
    }
    return "SELECT *, %s FROM __THIS__".formatted(String.join(", ", columns));
  }

  /** The probability from contributions in millionths, as {@link PredictionScores} has it. */
  private String chance() {
    List<String> added = new ArrayList<>();
    added.add("rint(%s * %s)".formatted(number(model.chance().intercept()), UNIT));
    int j = 0;
    for (PredictionFeature feature : model.features()) {
      List<String> terms = new ArrayList<>();
      for (int k = j; k < j + feature.width(); k++) {
        terms.add("%s%d * %s".formatted(PREFIX, k, number(model.chance().coefficients().get(k))));
      }
      added.add("rint((%s) * %s)".formatted(String.join(" + ", terms), UNIT));
      j += feature.width();
    }
    String logOdds = added.stream().collect(joining(" + ", "(", ")"));
    return "SELECT *, CASE WHEN %s THEN CAST(1D / (exp(%s / -%s) + 1D) AS DECIMAL(18,6)) END AS purchase_probability_next_%dd FROM __THIS__"
        .formatted(plan.settings().among().sql(), logOdds, UNIT, plan.days());
  }

  private static String number(double value) {
    return PredictionFeature.number(value);
  }
}
