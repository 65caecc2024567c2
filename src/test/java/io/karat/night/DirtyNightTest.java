package io.karat.night;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.generate.SyntheticFirm;
import io.karat.report.RunRecord;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.InputTable;
import io.karat.settings.yaml.Problems;
import io.karat.testing.LocalSpark;
import io.karat.testing.SilentProgress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Test of a whole night over the bad rows that a careless source delivers. */
@Tag("long")
@ExtendWith(LocalSpark.class)
class DirtyNightTest {
  private static final Set<String> NOT_DELIVERED =
      Set.of("display_name", "owner", "quantity", "discount", "sale_date", "stage", "is_won");

  private static final SyntheticFirm FIRM = SyntheticFirm.of(400, 20, 8);

  @TempDir private Path folder;

  @Test
  void theQuarantineOfEveryInputHoldsItsBadRowsAndNoOther(SparkSession spark) throws Exception {
    FIRM.writeDirty(spark, folder.resolve("firm").toUri().toString());

    NightResult night =
        new NightJob(
                spark,
                plan(),
                SilentProgress.INSTANCE,
                new RunRecord("run", ToyFirm.NOON),
                () -> ToyFirm.NOON)
            .run(FIRM.lastDay(), false);

    assertTrue(night.isNew());
    for (InputTable table : InputTable.values()) {
      assertEquals(truth(spark, table), quarantined(spark, table), table::tableName);
    }
  }

  /** The plan that maps every column of the firm's inputs by its own name. */
  private NightPlan plan() {
    String inputs =
        Arrays.stream(InputTable.values())
            .map(
                table ->
                    "  %s:\n    path: '%s/firm/%s%s'\n    columns:\n%s"
                        .formatted(
                            table.tableName(),
                            folder,
                            table.tableName(),
                            table == InputTable.CUSTOMERS ? "/day={latest}" : "",
                            columns(table)))
            .collect(joining("\n"));
    String yaml =
        "inputs:\n%s\nchecks: {max_quarantine: 1}\noutput: {path: '%s/output', report: false}\n%s"
            .formatted(inputs, folder, ToyFirm.WITHOUT_MODELS);
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read("firm.yaml", yaml, Map.of(), List.of(), problems), problems);
    problems.throwIfAny();
    return plan;
  }

  private static String columns(InputTable table) {
    return table.columns().stream()
        .map(InputTable.Column::name)
        .filter(name -> !NOT_DELIVERED.contains(name))
        .filter(name -> table != InputTable.PAYMENTS || !name.equals("transaction_id"))
        .map(name -> "      %1$s: %1$s".formatted(name))
        .collect(joining("\n"));
  }

  /**
   * The bad rows of an input as they were generated; of customers, those of the only snapshot read,
   * 1 January.
   */
  private String truth(SparkSession spark, InputTable table) {
    return lines(
        spark
            .read()
            .parquet(folder.resolve("firm/truth/bad_rows/" + table.tableName()).toString())
            .where("row_id NOT LIKE '%@%' OR row_id LIKE '%@2024-01-01%'")
            .select("reason", "row_id"));
  }

  private String quarantined(SparkSession spark, InputTable table) {
    return lines(
        spark
            .read()
            .parquet(folder.resolve("output/current/quarantine_" + table.tableName()).toString())
            .selectExpr("reason", "get_json_object(source_row, '$.row_id')"));
  }

  private static String lines(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().collect(joining("\n"));
  }
}
