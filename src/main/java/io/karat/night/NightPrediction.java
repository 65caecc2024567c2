package io.karat.night;

import io.karat.prediction.PredictionModel;
import io.karat.prediction.PredictionScores;
import io.karat.prediction.PredictionTables;
import io.karat.quality.CheckResult;
import io.karat.quality.ModelChecks;
import io.karat.settings.Checks;
import io.karat.tables.TableContract;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Prediction of a night: the columns of the model in use, its tables, and the check of its age. */
public record NightPrediction(PredictionScores scores, LocalDate asOf) {
  /** The check of the age of the model, if it fails. */
  Stream<CheckResult> failedChecks(Checks settings) {
    return scores
        .model()
        .map(PredictionModel::trainedAsOf)
        .map(it -> ChronoUnit.DAYS.between(it, asOf))
        .map(
            days ->
                new ModelChecks(settings)
                    .predictionAge(days, scores.plan().settings().refitAfterDays()))
        .filter(check -> !check.isMet())
        .stream();
  }

  /** Adds the columns to customers with their scores. */
  Dataset<Row> added(Dataset<Row> scored) {
    return scores.added(scored);
  }

  /** The rows of the tables of the model. */
  Map<TableContract, List<Row>> tables() {
    PredictionTables tables = new PredictionTables(scores.model());
    Map<TableContract, List<Row>> rows = new LinkedHashMap<>();
    rows.put(PredictionTables.COEFFICIENTS, tables.coefficients());
    rows.put(PredictionTables.BACK_TEST, tables.backTest());
    return rows;
  }
}
