package io.karat.explain;

import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunTables;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Published tables of a night. */
record PublishedNight(LocalDate asOf, OutputFolder output, SparkSession spark) {
  /** A table; empty if the night is not published, or without it. */
  Optional<Dataset<Row>> table(String name) throws IOException {
    Commit head = output.head();
    Optional<RunTables> kept =
        Optional.ofNullable(head.nights().get(asOf))
            .flatMap(night -> head.release(night.runId()))
            .map(output::tables);
    return kept.isPresent() && kept.get().has(name)
        ? Optional.of(spark.read().parquet(kept.get().location(name)))
        : Optional.empty();
  }
}
