package io.karat.explain;

import static org.apache.spark.sql.functions.col;

import io.karat.publishing.HistoryNight;
import io.karat.publishing.OutputFolder;
import io.karat.tables.Columns;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** History rows of one customer on the latest night before another. */
final class NightBefore {
  private NightBefore() {}

  /** The row of {@code customer_value_history}, if there is one; empty without an earlier night. */
  static Optional<Dataset<Row>> of(
      String customer, LocalDate asOf, OutputFolder output, SparkSession spark) throws IOException {
    List<String> files =
        output
            .history()
            .nightBefore(asOf, output.head())
            .map(HistoryNight::files)
            .orElse(List.of());
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(
            LocalRows.of(
                PublishedNight.rows(files, spark)
                    .filter(col(Columns.CUSTOMER_ID).equalTo(customer))));
  }
}
