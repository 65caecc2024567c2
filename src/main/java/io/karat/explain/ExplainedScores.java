package io.karat.explain;

import io.karat.models.Model;
import io.karat.movement.MovementTables;
import io.karat.night.NightPlan;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.scores.CustomerScores;
import io.karat.scores.CutModel;
import io.karat.scores.ScorePlan;
import io.karat.scores.ValueTable;
import io.karat.settings.ChurnSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Scores of a customer with the cuts of a night.
 *
 * @param cuts the id of those cuts
 */
public record ExplainedScores(String cuts, CustomerScores scores) {
  /**
   * Explains the scores of a row of customer_indicators; empty if no cuts have been fitted yet.
   *
   * @param before what {@link NightBefore} has of the customer
   */
  static Optional<ExplainedScores> of(
      NightPlan plan, Row indicators, Optional<Dataset<Row>> before, PublishedNight night)
      throws IOException {
    OutputFolder output = night.output();
    Optional<String> id = cuts(night.asOf(), output.head());
    if (id.isEmpty()) {
      return Optional.empty();
    }

    Model model = output.models().read(CutModel.KIND, id.get());
    Dataset<Row> row = night.spark().createDataFrame(List.of(indicators), indicators.schema());
    return CustomerScores.of(
            withLearnedChurn(plan.scores(), night),
            CutModel.parse(model),
            LocalRows.of(new ValueTable(plan.scores()).withPast(row, before)))
        .map(scores -> new ExplainedScores(id.get(), scores));
  }

  /** The plan with the rates of churn that the night used, if it learned them and is published. */
  private static ScorePlan withLearnedChurn(ScorePlan plan, PublishedNight night)
      throws IOException {
    Optional<ChurnSettings> learned = plan.models().churn().filter(ChurnSettings::isLearned);
    Optional<Dataset<Row>> levels = night.table(MovementTables.CHURN_LEVELS.name());
    if (learned.isEmpty() || levels.isEmpty()) {
      return plan;
    }

    SortedMap<BigDecimal, BigDecimal> rates = new TreeMap<>();
    // A row per level of the configuration.
    levels
        .get()
        .select("satisfaction_level", "used_rate")
        .collectAsList()
        .forEach(row -> rates.put(row.getDecimal(0), row.getDecimal(1)));
    return rates.isEmpty() ? plan : plan.with(learned.get().with(rates));
  }

  private static Optional<Release> night(LocalDate asOf, Commit head) {
    return Optional.ofNullable(head.nights().get(asOf)).flatMap(it -> head.release(it.runId()));
  }

  /** The id of the cuts: those of the night's recorded run, or else those that a run would use. */
  private static Optional<String> cuts(LocalDate asOf, Commit head) {
    Stream<String> used =
        night(asOf, head).stream()
            .map(Release::models)
            .flatMap(models -> Optional.ofNullable(models.get(CutModel.KIND)).stream())
            .map(model -> model.id());
    return Stream.concat(used, head.liveModels(CutModel.KIND, asOf).stream()).findFirst();
  }
}
