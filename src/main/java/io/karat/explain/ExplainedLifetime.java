package io.karat.explain;

import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.LifetimeScores;
import io.karat.models.Model;
import io.karat.models.ModelChoice;
import io.karat.night.NightPlan;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Expected lifetime value of a customer, with the model of the night and the model's inputs.
 *
 * @param repeats x of the models: purchase days after the first
 * @param lastDays t_x of the models: days from the first purchase to the last
 * @param ageDays T of the models: days from the first purchase to the as-of day
 * @param values the columns of customer_value, in their order
 */
public record ExplainedLifetime(
    LifetimeModel model,
    long repeats,
    int lastDays,
    int ageDays,
    Map<String, Optional<Object>> values) {
  public ExplainedLifetime {
    values = new LinkedHashMap<>(values);
  }

  /** Reads the model: that of the night's recorded run, or else the one that a run would use. */
  static Optional<LifetimeModel> model(NightPlan plan, LocalDate asOf, OutputFolder output)
      throws IOException {
    if (plan.lifetime().isEmpty()) {
      return Optional.empty();
    }

    Commit head = output.head();
    Optional<String> used =
        Optional.ofNullable(head.nights().get(asOf))
            .flatMap(night -> head.release(night.runId()))
            .map(Release::models)
            .flatMap(models -> Optional.ofNullable(models.get(LifetimeModel.KIND)))
            .map(UsedModel::id);
    List<String> ids =
        used.map(List::of).orElseGet(() -> head.liveModels(LifetimeModel.KIND, asOf));
    List<Model> models = new ArrayList<>();
    for (String id : ids) {
      models.add(output.models().read(LifetimeModel.KIND, id));
    }
    return LifetimeModel.choice(models, plan.lifetime().get().settings(), asOf)
        .map(ModelChoice::model);
  }

  /** Explains the one customer of {@code measures}; empty without a known purchase. */
  static Optional<ExplainedLifetime> of(
      LifetimeScores scores, LifetimeModel model, Dataset<Row> measures, LocalDate asOf) {
    return scores.explained(measures, model, asOf).takeAsList(1).stream()
        .findFirst()
        .map(row -> of(scores, model, row));
  }

  private static ExplainedLifetime of(LifetimeScores scores, LifetimeModel model, Row row) {
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    scores
        .columns()
        .forEach(
            column -> values.put(column.name(), Optional.ofNullable(row.getAs(column.name()))));
    return new ExplainedLifetime(
        model,
        row.<Long>getAs(LifetimeScores.REPEATS),
        row.<Integer>getAs(LifetimeScores.LAST_DAYS),
        row.<Integer>getAs(LifetimeScores.AGE_DAYS),
        values);
  }
}
