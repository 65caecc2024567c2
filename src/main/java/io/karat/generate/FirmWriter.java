package io.karat.generate;

import static org.apache.spark.sql.functions.col;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes tables so that the same rows always give the same files: every day lies in one task, in a
 * fixed order, and becomes one file.
 */
record FirmWriter(SparkSession spark, OutputFolder folder) {
  private static final int ROWS_PER_TASK = 500_000;

  /**
   * One file per day.
   *
   * @param expectedRows decides into how many tasks the work is cut, nothing else
   */
  GeneratedTable write(DayTable table, long expectedRows) {
    spark.sparkContext().setJobDescription("generate: write " + table.name() + " by day");
    byDay(spark, table, expectedRows)
        .write()
        .option("compression", "zstd")
        .partitionBy("day")
        .parquet(folder.unfinished(table.name()));
    return finished(table.name());
  }

  /** The rows as they are written: with their {@code day}, each day together and in order. */
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

  private GeneratedTable finished(String table) {
    int files = folder.finish(table);
    String path = folder.pathOf(table);
    spark.sparkContext().setJobDescription("generate: count " + table);
    long rows = files == 0 ? 0 : spark.read().parquet(path).count();
    spark.sparkContext().setJobDescription(null);
    return new GeneratedTable(table, rows, files);
  }
}
