package io.karat.mart;

import io.karat.tables.Columns;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of one run for one table, and the separate table that they are loaded into.
 *
 * @param partition the run of the rows, or the release that shows them
 * @param day the day of all rows; empty if there are several
 * @param expected the number of rows in the release
 * @param attempt the number of the load, which makes the name unique
 */
record LoadedTable(
    MartTable table,
    String partition,
    Optional<LocalDate> day,
    Dataset<Row> rows,
    long expected,
    long attempt) {
  String name() {
    return "%s_%s_%d".formatted(table.name(), partition, attempt);
  }

  /**
   * A condition that holds for every row; as a check it lets PostgreSQL attach the partition
   * without a scan.
   */
  String condition() {
    String run = "%s = %s".formatted(Sql.name(table.partitionColumn()), Sql.text(partition));
    return day.map(it -> run + " AND %s = '%s'".formatted(Sql.name(Columns.AS_OF_DATE), it))
        .orElse(run);
  }
}
