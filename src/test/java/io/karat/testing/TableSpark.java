package io.karat.testing;

import io.delta.sql.DeltaSparkSessionExtension;
import io.karat.run.SessionSettings;
import java.time.ZoneId;
import org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions;
import org.apache.spark.sql.SparkSession;

/**
 * A session for tables of Delta and Iceberg beside the shared one, on the same Spark. It is the
 * session of its thread until it is closed, so that no other test sees it.
 */
public final class TableSpark implements AutoCloseable {
  private final SparkSession shared;
  private final SparkSession spark;

  private TableSpark(SparkSession shared, SparkSession spark) {
    this.shared = shared;
    this.spark = spark;
  }

  public static TableSpark beside(SparkSession shared) {
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
    SparkSession.Builder builder =
        SparkSession.builder()
            .config("spark.sql.shuffle.partitions", 1)
            // Small tables: what is compiled for them costs more than it saves.
            .config("spark.databricks.delta.snapshotPartitions", 1)
            .config("spark.sql.codegen.wholeStage", false)
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            // A Spark that runs takes extensions from here alone, and a session shows its settings.
            .withExtensions(new DeltaSparkSessionExtension())
            .withExtensions(new IcebergSparkSessionExtensions())
            .config(
                "spark.sql.extensions",
                "%s,%s"
                    .formatted(
                        DeltaSparkSessionExtension.class.getName(),
                        IcebergSparkSessionExtensions.class.getName()))
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    SessionSettings.apply(ZoneId.of("UTC"), builder);
    return new TableSpark(shared, builder.getOrCreate());
  }

  public SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    SparkSession.setActiveSession(shared);
    SparkSession.setDefaultSession(shared);
  }
}
