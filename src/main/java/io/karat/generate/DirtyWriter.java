package io.karat.generate;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A writer of dirty tables, with the ground truth about the rows of each.
 *
 * <p>Days are sorted again after the copies were added, because Spark forgets the order then and
 * would sort in a way that depends on its memory.
 */
record DirtyWriter(SparkSession spark, FirmWriter writer) {
  /** The folder of the ground truth about rows, by table; the one about customers is beside it. */
  static final String BAD_ROWS = "truth/bad_rows/";

  List<GeneratedTable> write(DayTable events, DirtyTable table, long expectedRows) {
    Dataset<Row> rows = events.keys(spark).transform(events::described);
    double[] limits = table.limits(rows);
    Dataset<Row> byDay = FirmWriter.byDay(spark, events, expectedRows);
    return List.of(
        writer.writeByDay(table.name(), inOrder(table.delivered(byDay, limits))),
        writeTruth(table, rows, limits));
  }

  /** Writes rows that are partitioned by {@code day}. */
  List<GeneratedTable> writeByDay(Dataset<Row> rows, DirtyTable table) {
    double[] limits = table.limits(rows);
    return List.of(
        writer.writeByDay(table.name(), inOrder(table.delivered(rows, limits))),
        writeTruth(table, rows, limits));
  }

  List<GeneratedTable> writeList(Dataset<Row> rows, DirtyTable table) {
    double[] limits = table.limits(rows);
    return List.of(
        writer.writeList(table.name(), table.delivered(rows, limits)),
        writeTruth(table, rows, limits));
  }

  private GeneratedTable writeTruth(DirtyTable table, Dataset<Row> rows, double[] limits) {
    return writer.writeList(BAD_ROWS + table.name(), table.badRows(rows, limits));
  }

  private static Dataset<Row> inOrder(Dataset<Row> delivered) {
    return delivered.sortWithinPartitions("day", DirtyTable.ROW_ID);
  }
}
