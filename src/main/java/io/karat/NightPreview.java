package io.karat;

import io.karat.input.InputRows;
import io.karat.input.Source;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.run.Run;
import io.karat.tiles.CustomerMeasures;
import io.karat.tiles.Period;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a night would do, without doing it.
 *
 * @param files what it would read
 * @param isUnchanged whether the same run is published already
 * @param goesLive whether readers would see it
 * @param before the release it would look back to
 */
public record NightPreview(
    Run run,
    List<Source.SourceFile> files,
    boolean isUnchanged,
    boolean goesLive,
    Optional<Release> before) {

  /**
   * Looks at the files of the input and at the output; nothing is written.
   *
   * @throws io.karat.run.InputException if the input is missing
   */
  public static NightPreview of(
      NightPlan plan, LocalDate asOf, OutputFolder output, SparkSession spark) throws IOException {
    List<Source.SourceFile> files = plan.source().files(spark.sparkContext().hadoopConfiguration());
    Commit head = output.head();
    Run run = NightJob.identity(plan, asOf, files, head);
    return new NightPreview(
        run,
        files,
        output.isUnchanged(run.id(), asOf),
        head.isNone() || !asOf.isBefore(head.liveAsOf()),
        NightJob.nightBefore(head, asOf));
  }

  /**
   * Describes the whole computation over the schema of the input, so that everything Spark can
   * refuse is refused; reads no row.
   *
   * @return the columns of customer_indicators
   * @throws io.karat.run.InputException if the source lacks a column or has the wrong type
   * @throws io.karat.run.UsageException if an expression does not fit the source's types
   */
  public static List<String> validate(NightPlan plan, LocalDate asOf, SparkSession spark) {
    plan.source().files(spark.sparkContext().hadoopConfiguration());
    InputRows rows =
        InputRows.of(
            plan.source().read(spark), plan.mapping(), asOf, plan.indicators().inputColumns(asOf));
    Dataset<Row> measures =
        new CustomerMeasures(
                plan.money(),
                plan.mapping().isLines(),
                !plan.mapping().key().isEmpty(),
                plan.indicators().uses(asOf),
                Period.lifetime(asOf))
            .of(rows.candidates());
    return List.of(plan.indicators().compute(measures, asOf).columns());
  }
}
