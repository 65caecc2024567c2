package io.karat.training;

import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunTables;
import io.karat.run.RefusedException;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Customers of a release, for work that changes no table.
 *
 * @param refusal how a sentence begins that says why the work cannot be done
 */
record PublishedCustomers(SparkSession spark, OutputFolder output, String refusal) {
  /**
   * The newest commit.
   *
   * @throws RefusedException if nothing is published yet
   */
  Commit head() throws IOException {
    Commit head = output.head();
    if (head.isNone()) {
      throw new RefusedException(
          refusal + ": nothing is published yet. Run karat run to publish a night.");
    }
    return head;
  }

  /**
   * A table of a release with one row per customer.
   *
   * @throws RefusedException if its files are deleted
   */
  Dataset<Row> table(Release release, String name) throws IOException {
    spark
        .sparkContext()
        .setJobDescription(
            "karat %s: %s".formatted(release.asOf(), refusal.replace("Cannot ", "")));
    RunTables tables = output.tables(release);
    if (!tables.has(name)) {
      throw new RefusedException(
          "%s: the tables of run %s are deleted. Choose a release that karat status calls live or kept."
              .formatted(refusal, release.runId()));
    }
    return spark.read().parquet(tables.location(name));
  }
}
