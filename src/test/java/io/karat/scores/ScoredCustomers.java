package io.karat.scores;

import io.karat.indicators.IndicatorPlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import io.karat.tables.TableContract;
import io.karat.testing.TextTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Customers with indicators, as a table in text, and the models of a configuration. Models that the
 * configuration does not name are off.
 */
record ScoredCustomers(ScorePlan plan, Dataset<Row> indicators) {
  static final LocalDate NIGHT = LocalDate.of(2026, 3, 1);

  private static final List<String> MODELS =
      List.of("classification", "pyramids", "scorecard", "rfm", "labels", "churn", "clustering");

  private static final String INPUTS =
      """
      inputs:
        transactions:
          path: unused
          columns: {customer_id: c, transaction_time: t, amount: a, cost: k}
        contacts:
          path: unused
          columns: {customer_id: c, contact_time: t, type: y, satisfaction: s, cost: k, resolved_time: r}
      """;

  /** The models of {@code yaml} over customers, one per line. */
  static ScoredCustomers of(SparkSession spark, String yaml, String columns, String rows) {
    return new ScoredCustomers(
        plan(yaml), TextTable.frame(spark, "customer_id string, " + columns, rows).cache());
  }

  static ScorePlan plan(String yaml) {
    StringBuilder text = new StringBuilder(INPUTS);
    MODELS.stream()
        .filter(model -> !yaml.contains(model + ":"))
        .forEach(model -> text.append(model).append(": false\n"));
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read("karat.yaml", text + yaml, Map.of(), List.of(), problems);
    ScorePlan plan = ScorePlan.of(settings, IndicatorPlan.of(settings, problems), problems);
    problems.throwIfAny();
    return plan;
  }

  CutModel cuts() {
    return CutFitting.fit(plan, indicators, NIGHT, List.of());
  }

  ScoreTables tables() {
    CutModel cuts = cuts();
    return new ScoreTables(plan, cuts, new Scores(plan, cuts).scored(indicators));
  }

  /** The tables of a night after another one. */
  ScoreTables tables(Dataset<Row> before) {
    CutModel cuts = cuts();
    return new ScoreTables(
        plan,
        cuts,
        new Scores(plan, cuts)
            .scored(new ValueTable(plan).withPast(indicators, Optional.of(before))));
  }

  /** The rows of customer_value on a first night. */
  Dataset<Row> value() {
    return tables().customerValue(Optional.empty());
  }

  /** Some columns of customer_value. */
  Dataset<Row> value(String... columns) {
    return value().selectExpr(columns);
  }

  /** One of the tables of levels. */
  Dataset<Row> levels(TableContract contract) {
    return levels(contract, tables());
  }

  static Dataset<Row> levels(TableContract contract, ScoreTables tables) {
    return tables
        .scored()
        .sparkSession()
        .createDataFrame(
            Objects.requireNonNull(tables.levels(MarketSources.NONE).tables().get(contract)),
            contract.schema());
  }

  /** The contributions as {@code explain} shows them: one row per customer, model and indicator. */
  Dataset<Row> contributions() {
    return contributions(tables());
  }

  static Dataset<Row> contributions(ScoreTables tables) {
    return new Contributions(new Scores(tables.plan(), tables.cuts())).rows(tables.scored());
  }
}
