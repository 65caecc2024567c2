package io.karat.explain;

import io.karat.models.Model;
import io.karat.models.ModelChoice;
import io.karat.night.NightPlan;
import io.karat.night.PredictionKind;
import io.karat.prediction.PredictionModel;
import io.karat.prediction.PredictionPlan;
import io.karat.prediction.PredictionScores;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import io.karat.scores.Contributions;
import io.karat.tables.ColumnContract;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Prediction of a customer, with the model of the night and what each indicator adds to it.
 *
 * @param values the columns of customer_value, in their order
 * @param contributions in the order of the model, the intercept first
 */
public record ExplainedPrediction(
    PredictionModel model, Map<String, Optional<Object>> values, List<Contribution> contributions) {
  public ExplainedPrediction {
    values = new LinkedHashMap<>(values);
    contributions = List.copyOf(contributions);
  }

  /**
   * Contribution of an indicator to the logarithm of the odds of a sale.
   *
   * @param value of the indicator; empty if it is unknown, and of the intercept
   */
  public record Contribution(String indicator, Optional<BigDecimal> value, BigDecimal logOdds) {}

  /** Explains a row of customer_indicators; empty without a model, or if nobody asks of it. */
  static Optional<ExplainedPrediction> of(
      NightPlan plan, Row indicators, LocalDate asOf, OutputFolder output, SparkSession spark)
      throws IOException {
    if (plan.prediction().isEmpty()) {
      return Optional.empty();
    }

    Optional<PredictionModel> model = model(plan.prediction().get(), asOf, output);
    if (model.isEmpty()) {
      return Optional.empty();
    }
    PredictionScores scores = new PredictionScores(plan.prediction().get(), plan.money(), model);
    Dataset<Row> predicted =
        scores.added(spark.createDataFrame(List.of(indicators), indicators.schema()));
    List<ColumnContract> contract =
        Contributions.contract(PredictionScores.ofContributions()).own();
    List<Contribution> contributions =
        scores.contributions(predicted, contract).collectAsList().stream()
            .map(ExplainedPrediction::contribution)
            .toList();
    return contributions.isEmpty()
        ? Optional.empty()
        : Optional.of(of(model.get(), scores, predicted.first(), contributions));
  }

  private static ExplainedPrediction of(
      PredictionModel model,
      PredictionScores scores,
      Row predicted,
      List<Contribution> contributions) {
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    scores
        .columns()
        .forEach(it -> values.put(it.name(), Optional.ofNullable(predicted.getAs(it.name()))));
    return new ExplainedPrediction(model, values, contributions);
  }

  private static Contribution contribution(Row row) {
    return new Contribution(
        row.getAs("indicator"),
        Optional.ofNullable(row.getAs("indicator_value")),
        row.getAs(PredictionScores.LOG_ODDS));
  }

  /** The model of the night's recorded run, or else the one that a run would use. */
  private static Optional<PredictionModel> model(
      PredictionPlan plan, LocalDate asOf, OutputFolder output) throws IOException {
    Commit head = output.head();
    Optional<String> used =
        Optional.ofNullable(head.nights().get(asOf))
            .flatMap(night -> head.release(night.runId()))
            .map(Release::models)
            .flatMap(models -> Optional.ofNullable(models.get(PredictionModel.KIND)))
            .map(UsedModel::id);
    List<String> ids =
        used.map(List::of).orElseGet(() -> head.liveModels(PredictionModel.KIND, asOf));
    List<Model> models = new ArrayList<>();
    for (String id : ids) {
      models.add(output.models().read(PredictionModel.KIND, id));
    }
    return PredictionKind.choice(plan, models, asOf).map(ModelChoice::model);
  }
}
