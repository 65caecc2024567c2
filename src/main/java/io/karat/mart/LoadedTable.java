package io.karat.mart;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of one run for one table, and the table of their own that they are loaded into.
 *
 * @param partition the run that the rows are of, or are shown with
 * @param day the day of all rows; none where they are of several
 * @param expected how many rows the release has
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

  /** What holds for every row; PostgreSQL then need not look at them to make it a partition. */
  String condition() {
    String run = "%s = %s".formatted(Sql.name(table.partitionColumn()), Sql.text(partition));
    return day.map(it -> run + " AND %s = '%s'".formatted(Sql.name(MartTable.AS_OF_DATE), it))
        .orElse(run);
  }
}
