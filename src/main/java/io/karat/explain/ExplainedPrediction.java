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
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
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
  private static final String LOG_ODDS_OF = "log odds of ";
  private static final int PLACES = DecimalTypes.RATIO.scale();

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
    Map<String, Column> logOdds = scores.logOdds();
    Row predicted =
        Columns.with(
                scores.added(spark.createDataFrame(List.of(indicators), indicators.schema())),
                renamed(logOdds))
            .first();
    List<Contribution> contributions = contributions(logOdds.keySet(), predicted);
    return contributions.isEmpty()
        ? Optional.empty()
        : Optional.of(of(model.get(), scores, predicted, contributions));
  }

  private static Map<String, Column> renamed(Map<String, Column> logOdds) {
    Map<String, Column> renamed = new LinkedHashMap<>();
    logOdds.forEach((name, value) -> renamed.put(LOG_ODDS_OF + name, value));
    return renamed;
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

  /** What adds to the odds of a customer; nothing if the customer is not asked. */
  private static List<Contribution> contributions(Set<String> names, Row predicted) {
    List<Contribution> contributions = new ArrayList<>();
    for (String name : names) {
      Optional<BigDecimal> logOdds = Optional.ofNullable(predicted.getAs(LOG_ODDS_OF + name));
      logOdds.ifPresent(
          it -> contributions.add(new Contribution(name, value(name, predicted), it)));
    }
    return contributions;
  }

  private static Optional<BigDecimal> value(String name, Row predicted) {
    return name.equals(PredictionScores.INTERCEPT)
        ? Optional.empty()
        : Optional.ofNullable(predicted.<Object>getAs(name))
            .map(it -> new BigDecimal(it.toString()).setScale(PLACES, RoundingMode.HALF_UP));
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
