package io.karat.mart;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.karat.mart.LivePostgres.Bi;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunLock;
import io.karat.publishing.Staging;
import io.karat.settings.PostgreSql;
import io.karat.tables.ContentHash;
import io.karat.testing.OutputFolders;
import io.karat.testing.SilentProgress;
import io.karat.testing.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;

/** Releases of a few rows, and the mart that follows them. */
record ToyReleases(SparkSession spark, Path folder, OutputFolder output, Bi bi, int kept) {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  /** A policy with short waits, so that tests of lock retries are short. */
  static final LockRetry SHORT =
      new LockRetry(Duration.ofMillis(1100), Duration.ofMillis(50), 2, Duration.ofSeconds(1));

  static ToyReleases at(SparkSession spark, Path folder, Bi bi) throws IOException {
    OutputFolder output =
        OutputFolders.open(folder, spark.sparkContext().hadoopConfiguration(), () -> NOON);
    return new ToyReleases(spark, folder, output, bi, 14);
  }

  ToyReleases keeping(int releases) {
    return new ToyReleases(spark, folder, output, bi, releases);
  }

  Mart mart() {
    return mart(bi.settings());
  }

  Mart mart(PostgreSql settings) {
    return Mart.of(
        Bi.output(folder, kept, settings),
        Map.of("customer_value", "One row per customer."),
        List.of("customer_id", "sales"),
        output,
        spark,
        Bi.environment(),
        SHORT);
  }

  /** Publishes a night of two customers to the folder. */
  Commit publish(String run, String asOf) throws IOException {
    return publish(run, asOf, value("ann | GOLD | 12.50\nbob |  | 0.05"));
  }

  Dataset<Row> value(String rows) {
    return TextTable.frame(spark, "customer_id string, tier string, sales decimal(38,2)", rows)
        .withColumn("tier_name", expr("initcap(tier)"))
        .withMetadata("sales", Metadata.fromJson("{\"comment\": \"What they buy. Isn't it?\"}"));
  }

  /** Publishes a night with other rows of customer_value. */
  Commit publish(String run, String asOf, Dataset<Row> value) throws IOException {
    return publish(run, asOf, value, Map.of());
  }

  /** Publishes a night with other rows of customer_value, and further tables. */
  Commit publish(String run, String asOf, Dataset<Row> value, Map<String, Dataset<Row>> more)
      throws IOException {
    try (RunLock lock = output.lock("night " + asOf)) {
      Staging staging = output.stage(run, LocalDate.parse(asOf), output.head(), lock);
      TreeMap<String, Release.Table> tables = new TreeMap<>();
      long customers = value.count();
      write("customer_value", night(value, run, asOf), customers, staging, tables);
      Dataset<Row> segments = spark.sql("SELECT 'S1' segment_id");
      write("segments", night(segments, run, asOf), 1, staging, tables);
      for (Map.Entry<String, Dataset<Row>> table : more.entrySet()) {
        Dataset<Row> rows = table.getValue();
        write(table.getKey(), night(rows, run, asOf), rows.count(), staging, tables);
      }
      Dataset<Row> runs =
          spark
              .sql("SELECT explode(array('%s', 'earlier')) run_id".formatted(run))
              .select(day(asOf), col("run_id"));
      write("runs", runs, 2, staging, tables);
      night(value.select("customer_id", "sales"), run, asOf).write().parquet(staging.history());
      ContentHash placed =
          staging.placeHistory(new ContentHash(customers, ContentHash.NONE.hex()), 400);
      tables.put(Staging.HISTORY_TABLE, Release.Table.of(placed));
      return output.commit(
          staging.complete(tables, JsonNodeFactory.instance.objectNode(), false), lock);
    }
  }

  private static Dataset<Row> night(Dataset<Row> rows, String run, String asOf) {
    return rows.select(day(asOf), functions.lit(run).as("run_id"), col("*"));
  }

  private static Column day(String asOf) {
    return expr("DATE '%s'".formatted(asOf)).as("as_of_date");
  }

  private static void write(
      String name,
      Dataset<Row> rows,
      long count,
      Staging staging,
      Map<String, Release.Table> tables) {
    rows.write().parquet(staging.table(name));
    tables.put(name, new Release.Table(count, Optional.empty()));
  }

  /** Publishes a night and lets the mart follow. */
  Commit follow(String run, String asOf) throws IOException {
    Commit commit = publish(run, asOf);
    mart().follow(commit, SilentProgress.INSTANCE);
    return commit;
  }

  void follow() throws IOException {
    mart().follow(output.head(), SilentProgress.INSTANCE);
  }

  Commit rollBack() throws IOException {
    try (RunLock lock = output.lock("rollback")) {
      return output.rollBack(Optional.empty(), (release, refusal) -> {}, lock);
    }
  }
}
