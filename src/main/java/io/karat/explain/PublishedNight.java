package io.karat.explain;

import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunTables;
import io.karat.tables.StoredSchema;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Published tables of a night. */
record PublishedNight(LocalDate asOf, OutputFolder output, SparkSession spark) {
  /** The same night, read by another session. */
  PublishedNight with(SparkSession other) {
    return new PublishedNight(asOf, output, other);
  }

  /** A table; empty if the night is not published, or without it. */
  Optional<Dataset<Row>> table(String name) throws IOException {
    Commit head = output.head();
    Optional<RunTables> kept =
        Optional.ofNullable(head.nights().get(asOf))
            .flatMap(night -> head.release(night.runId()))
            .map(output::tables);
    return kept.isPresent() && kept.get().has(name)
        ? Optional.of(rows(kept.get().files(name), spark))
        : Optional.empty();
  }

  /** The rows of published files of one table, whose columns are known without a job. */
  static Dataset<Row> rows(List<String> files, SparkSession spark) throws IOException {
    return spark
        .read()
        .schema(StoredSchema.ofFile(files.get(0), spark.sparkContext().hadoopConfiguration()))
        .parquet(files.toArray(String[]::new));
  }
}
