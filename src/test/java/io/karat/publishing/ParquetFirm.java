package io.karat.publishing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.karat.tables.ContentHash;
import io.karat.testing.OutputFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Firm whose nights are two small tables of Parquet and their history. */
public record ParquetFirm(SparkSession spark, Path output) {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  /** The output folder, as a new command opens it. */
  public OutputFolder out() throws IOException {
    return OutputFolders.open(output, spark.sparkContext().hadoopConfiguration(), () -> NOON);
  }

  /** Publishes a night unless it is published; the result is whether it was not. */
  public boolean publish(String run, String asOf) throws IOException {
    OutputFolder out = out();
    try (RunLock lock = out.lock("night " + asOf)) {
      if (out.published().isUnchanged(run, LocalDate.parse(asOf))) {
        return false;
      }
      Staging staging = out.stage(run, LocalDate.parse(asOf), out.head(), lock);
      SortedMap<String, Release.Table> tables = new TreeMap<>();
      Dataset<Row> customers =
          spark.sql("SELECT 'c' || id customer_id, '%s' run_id FROM range(500)".formatted(run));
      customers.coalesce(1).write().parquet(staging.table(Release.CUSTOMERS));
      tables.put(Release.CUSTOMERS, Release.Table.of(ContentHash.of(customers)));
      Dataset<Row> runs = spark.sql("SELECT '%s' run".formatted(run));
      runs.coalesce(1).write().parquet(staging.table("runs"));
      tables.put("runs", new Release.Table(1, Optional.empty()));
      customers.coalesce(1).write().parquet(staging.history());
      ContentHash own = ContentHash.of(customers);
      tables.put(Staging.HISTORY_TABLE, Release.Table.of(staging.placeHistory(own, 400)));
      StagedRun staged = staging.complete(tables, JsonNodeFactory.instance.objectNode(), false);
      out.published().confirm(out.commit(staged, lock));
      out.retain(lock);
      return true;
    }
  }

  /** The release of a run in the newest commit. */
  public Release release(String run) throws IOException {
    return out().head().release(run).orElseThrow();
  }
}
