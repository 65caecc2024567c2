package io.karat.explain;

import io.karat.models.Model;
import io.karat.night.NightPlan;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.scores.CustomerScores;
import io.karat.scores.CutModel;
import io.karat.scores.ValueTable;
import io.karat.tables.Columns;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Scores of a customer with the cuts of a night.
 *
 * @param cuts the id of those cuts
 */
public record ExplainedScores(String cuts, CustomerScores scores) {
  /** Explains the scores of a row of customer_indicators; empty if no cuts have been fitted yet. */
  static Optional<ExplainedScores> of(
      NightPlan plan, Row indicators, LocalDate asOf, OutputFolder output, SparkSession spark)
      throws IOException {
    Optional<String> id = cuts(asOf, output.head());
    if (id.isEmpty()) {
      return Optional.empty();
    }

    Model model = output.models().read(CutModel.KIND, id.get());
    Dataset<Row> row = spark.createDataFrame(List.of(indicators), indicators.schema());
    Optional<Dataset<Row>> before =
        NightBefore.of(indicators.getAs(Columns.CUSTOMER_ID), asOf, output, spark);
    return CustomerScores.of(
            plan.scores(),
            CutModel.parse(model),
            new ValueTable(plan.scores()).withPast(row, before))
        .map(scores -> new ExplainedScores(id.get(), scores));
  }

  /** The id of the cuts: those of the night's recorded run, or else those that a run would use. */
  private static Optional<String> cuts(LocalDate asOf, Commit head) {
    Stream<String> used =
        Optional.ofNullable(head.nights().get(asOf)).stream()
            .flatMap(night -> head.release(night.runId()).stream())
            .map(Release::models)
            .flatMap(models -> Optional.ofNullable(models.get(CutModel.KIND)).stream())
            .map(model -> model.id());
    return Stream.concat(used, head.liveModels(CutModel.KIND, asOf).stream()).findFirst();
  }
}
