package io.karat;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.frame.ContentHash;
import io.karat.frame.TableContract;
import io.karat.input.InputBalance;
import io.karat.input.InputBalance.Term;
import io.karat.input.InputMapping;
import io.karat.input.InputRows;
import io.karat.input.InputTallies;
import io.karat.input.Outcome;
import io.karat.input.QuarantineRows;
import io.karat.input.RepeatedKeys;
import io.karat.input.Source;
import io.karat.publishing.Release;
import io.karat.publishing.Staging;
import io.karat.quality.CheckResult;
import io.karat.quality.InputChecks;
import io.karat.run.Failpoint;
import io.karat.run.Progress;
import io.karat.run.Run;
import io.karat.settings.Checks.Severity;
import io.karat.tiles.CustomerMeasures;
import io.karat.tiles.Period;
import io.karat.tiles.Tally;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of one night, written into its staging folder one after the other. */
record Night(SparkSession spark, NightPlan plan, Run run, Staging staging, Progress progress) {
  private static final String MEASURES = "_measures";

  /** Reads the input once: measures per customer and the account of all rows. */
  NightInput readInput(List<Source.SourceFile> files, JsonNode earlier) throws IOException {
    begin("read " + plan.source().table());
    InputMapping mapping = plan.mapping();
    Dataset<Row> source = plan.source().read(spark);
    InputRows rows =
        InputRows.of(source, mapping, run.asOf(), plan.indicators().inputColumns(run.asOf()));
    CustomerMeasures measures =
        new CustomerMeasures(
            plan.money(),
            mapping.isLines(),
            !mapping.key().isEmpty(),
            plan.indicators().uses(run.asOf()),
            Period.lifetime(run.asOf()));
    String folder = staging.table(MEASURES);
    measures.of(rows.candidates()).unionByName(rows.tallies(), true).write().parquet(folder);
    Failpoint.reach("AFTER_MEASURES");

    NightInput input = account(files, folder);
    input.requireRows(run.asOf());
    input.requireDays(earlier, run.asOf());
    progress.done("read " + plan.source().table(), input.balance().read().rows());
    return keepQuarantine(input, source);
  }

  /** Writes customer_indicators, and reads them back. */
  Dataset<Row> writeIndicators(NightInput input) {
    begin(PublishedTables.CUSTOMER_INDICATORS);
    Dataset<Row> used = measured(input).filter(col(Tally.USED_ROWS).gt(0));
    Dataset<Row> indicators = plan.indicators().compute(used, run.asOf());
    TableContract contract =
        PublishedTables.customerIndicators(plan.indicators().columns(), indicators.schema());
    Dataset<Row> published = write(contract, indicators);
    progress.done(PublishedTables.CUSTOMER_INDICATORS, input.customers());
    Failpoint.reach("AFTER_INDICATORS");
    return published;
  }
}
