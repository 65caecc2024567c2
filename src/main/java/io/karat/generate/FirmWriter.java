package io.karat.generate;

import static org.apache.spark.sql.functions.col;

import io.karat.tables.PlainLocalFiles;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A writer of tables that makes the same files from the same rows: every day is in a single task,
 * in a fixed order, and becomes one file.
 */
record FirmWriter(SparkSession spark, FirmFolder folder) {
  private static final int ROWS_PER_TASK = 500_000;

  /**
   * Writes one file per day.
   *
   * @param expectedRows decides the number of tasks, nothing else
   */
  GeneratedTable write(DayTable table, long expectedRows) {
    return writeByDay(table.name(), byDay(spark, table, expectedRows));
  }

  /** Writes one file per day and task; rows must be partitioned by {@code day} and in order. */
  GeneratedTable writeByDay(String table, Dataset<Row> rows) {
    describe("write " + table + " by day");
    writer(rows).partitionBy("day").parquet(folder.unfinished(table));
    return folder.finish(table);
  }

  /** Writes one file per task. */
  GeneratedTable writeList(String table, Dataset<Row> rows) {
    describe("write " + table);
    writer(rows).parquet(folder.unfinished(table));
    return folder.finish(table);
  }

  /** The rows to write: with their {@code day}, partitioned by day and in order. */
  static Dataset<Row> byDay(SparkSession spark, DayTable table, long expectedRows) {
    int tasks = Math.toIntExact(expectedRows / ROWS_PER_TASK + 1);
    Column[] order =
        Stream.concat(Stream.of("day"), table.order().stream())
            .map(name -> col(name))
            .toArray(Column[]::new);
    return table
        .keys(spark)
        .repartition(tasks, col("day"))
        .sortWithinPartitions(order)
        .transform(table::described);
  }

  private static DataFrameWriter<Row> writer(Dataset<Row> rows) {
    return rows.write().options(PlainLocalFiles.SETTINGS).option("compression", "zstd");
  }

  private void describe(String stage) {
    spark.sparkContext().setJobDescription("generate: " + stage);
  }
}
