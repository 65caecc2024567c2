package io.karat.night;

import static org.apache.spark.sql.functions.col;

import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.LifetimeScores;
import io.karat.quality.CheckResult;
import io.karat.quality.ModelChecks;
import io.karat.settings.Checks;
import io.karat.tables.Columns;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Lifetime value of a night: the columns of the model in use, and the checks of that model.
 *
 * @param model the model in use; empty if none could be fitted
 */
public record NightLifetime(LifetimeScores scores, LocalDate asOf, Optional<LifetimeModel> model) {
  private static final String OWNER = "customer_id of lifetime";

  /**
   * The checks that fail: of the age of the model and, on the night of its fit, of the correlation
   * of purchase frequency and spend.
   */
  Stream<CheckResult> failedChecks(Checks settings) {
    ModelChecks checks = new ModelChecks(settings);
    int mostDays = scores.settings().refitAfterDays();
    Stream<CheckResult> age =
        model
            .map(it -> ChronoUnit.DAYS.between(it.trainedAsOf(), asOf))
            .map(days -> checks.age(days, mostDays))
            .stream();
    Stream<CheckResult> correlation =
        model
            .filter(it -> it.trainedAsOf().equals(asOf))
            .flatMap(LifetimeModel::spend)
            .map(spend -> checks.spendFrequencyCorrelation(spend.correlation()))
            .stream();
    return Stream.concat(age, correlation).filter(check -> !check.isMet());
  }

  /** The measures with the sales that the model expects. */
  Dataset<Row> withExpectedSales(Dataset<Row> measures) {
    return scores.withExpectedSales(measures, model, asOf);
  }

  /** The rows of customer_value with the columns of the model. */
  Dataset<Row> joined(Dataset<Row> customerValue, Dataset<Row> measures) {
    Dataset<Row> rows =
        scores.rows(measures, model, asOf).withColumnRenamed(Columns.CUSTOMER_ID, OWNER);
    return customerValue
        .join(rows, col(Columns.CUSTOMER_ID).equalTo(col("`%s`".formatted(OWNER))), "left")
        .drop(OWNER);
  }
}
