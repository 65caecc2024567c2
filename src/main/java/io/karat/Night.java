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

  /** All checks of the night. */
  List<CheckResult> check(
      NightInput input, Optional<Release> nightBefore, Optional<Long> usedBefore) {
    begin("checks");
    InputChecks checks =
        new InputChecks(
            input.table(),
            plan.settings().checks(),
            input.balance(),
            input.tallies().rowsByDay(run.asOf()),
            input.quarantinedByDay());
    long rowsOfDay = input.tallies().candidatesByDay().getOrDefault(run.asOf(), 0L);
    List<CheckResult> results = new ArrayList<>(checks.reconcile());
    results.addAll(checks.maxQuarantine());
    results.add(checks.freshness(run.asOf(), rowsOfDay));
    results.add(
        checks.change(
            "rows",
            PublishedTables.CUSTOMER_INDICATORS,
            input.customers(),
            rows(nightBefore, PublishedTables.CUSTOMER_INDICATORS)));
    results.add(
        checks.change("rows_used", input.table(), input.balance().used().rows(), usedBefore));
    if (!plan.mapping().key().isEmpty() && plan.settings().checks().unique() != Severity.OFF) {
      results.add(checks.unique(repeatedKeys()));
    }
    progress.done("checks");
    return results;
  }

  /** Writes this night's rows of the history, and places those of earlier nights beside them. */
  ContentHash writeHistory(Dataset<Row> indicators) throws IOException {
    begin(PublishedTables.CUSTOMER_VALUE_HISTORY);
    TableContract contract =
        PublishedTables.customerValueHistory(
            PublishedTables.customerIndicators(plan.indicators().columns(), indicators.schema()));
    contract
        .publish(indicators, run, plan.settings().language())
        .write()
        .parquet(staging.history());
    ContentHash own = ContentHash.of(spark.read().parquet(staging.history()));
    ContentHash placed = staging.placeHistory(own, plan.settings().output().historyDays());
    progress.done(PublishedTables.CUSTOMER_VALUE_HISTORY, placed.rows());
    return placed;
  }

  void writeSmallTables(
      NightInput input,
      Dataset<Row> indicators,
      List<CheckResult> checks,
      RunFacts facts,
      Optional<String> earlierRuns) {
    begin("small tables");
    SmallTables tables = new SmallTables(spark, plan.settings().language(), run);
    TableContract customers =
        PublishedTables.customerIndicators(plan.indicators().columns(), indicators.schema());
    write(PublishedTables.DICTIONARY, tables.dictionary(customers, plan.indicators().columns()));
    write(PublishedTables.QUALITY_RESULTS, tables.checks(checks));
    tables
        .runs(facts, input, checks, earlierRuns)
        .write()
        .parquet(staging.table(PublishedTables.RUNS.name()));
    progress.done("small tables");
  }

  /** Reads back every table: its rows and content hash. */
  SortedMap<String, Release.Table> audit(ContentHash history) throws IOException {
    begin("audit");
    deleteWork();
    SortedMap<String, Release.Table> tables = new TreeMap<>();
    for (String name :
        List.of(
            PublishedTables.CUSTOMER_INDICATORS,
            PublishedTables.DICTIONARY.name(),
            PublishedTables.QUALITY_RESULTS.name(),
            PublishedTables.QUARANTINE.name())) {
      ContentHash hash = ContentHash.of(spark.read().parquet(staging.table(name)));
      tables.put(name, Release.Table.of(hash));
    }
    long runs = spark.read().parquet(staging.table(PublishedTables.RUNS.name())).count();
    tables.put(PublishedTables.RUNS.name(), new Release.Table(runs, Optional.empty()));
    tables.put(PublishedTables.CUSTOMER_VALUE_HISTORY, Release.Table.of(history));
    progress.done("audit");
    Failpoint.reach("AFTER_AUDIT");
    return tables;
  }

  private NightInput account(List<Source.SourceFile> files, String folder) {
    Dataset<Row> measured = spark.read().parquet(folder);
    InputTallies tallies =
        InputTallies.of(
            measured
                .filter(col("outcome").isNotNull())
                .select("day", "outcome", "rows", "amount", "rounding")
                .collectAsList());
    Column[] sums =
        Tally.NAMES.stream()
            .map(name -> coalesce(sum(col(name)), lit(0)).cast(PublishedTables.EXACT).as(name))
            .toArray(Column[]::new);
    Row totals =
        measured
            .filter(col("outcome").isNull())
            .agg(count_if(col(Tally.USED_ROWS).gt(0)).as("customers"), sums)
            .first();
    Term refused = term(totals, Tally.REFUSED_ROWS, Tally.REFUSED_AMOUNT);
    InputBalance balance =
        new InputBalance(
            tallies.read(),
            term(totals, Tally.USED_ROWS, Tally.USED_AMOUNT),
            tallies.of(Outcome.EXCLUDED),
            tallies.of(Outcome.AFTER_AS_OF),
            tallies.quarantined().plus(refused),
            term(totals, Tally.DUPLICATE_ROWS, Tally.DUPLICATE_AMOUNT),
            tallies.rounding());
    return new NightInput(
        plan.source().table(),
        files.size(),
        files.stream().mapToLong(Source.SourceFile::bytes).sum(),
        folder,
        totals.<Long>getAs("customers"),
        tallies,
        balance,
        tallies.quarantinedByDay());
  }

  /** A non-empty quarantine takes one more scan; an empty one takes none. */
  private NightInput keepQuarantine(NightInput input, Dataset<Row> source) {
    InputBalance balance = input.balance();
    if (balance.quarantined().rows() + balance.duplicate().rows() == 0) {
      write(PublishedTables.QUARANTINE, empty(PublishedTables.QUARANTINE));
      return input;
    }

    String stage = PublishedTables.QUARANTINE.name();
    begin(stage);
    boolean hasGroups =
        balance.quarantined().rows() > input.tallies().quarantined().rows()
            || balance.duplicate().rows() > 0;
    Dataset<Row> refused =
        write(
            PublishedTables.QUARANTINE,
            QuarantineRows.of(source, plan.mapping(), run.asOf(), hasGroups));
    SortedMap<LocalDate, Long> byDay = new TreeMap<>();
    refused
        .filter(col("reason").notEqual(Outcome.DUPLICATE).and(col("event_date").isNotNull()))
        .groupBy("event_date")
        .agg(count(lit(1)).as("rows"))
        .collectAsList()
        .forEach(row -> byDay.put(row.getDate(0).toLocalDate(), row.getLong(1)));
    progress.done(stage, balance.quarantined().rows() + balance.duplicate().rows());
    return input.withQuarantine(byDay);
  }

  private long repeatedKeys() {
    return RepeatedKeys.of(plan.source().read(spark), plan.mapping(), run.asOf())
        .first()
        .getLong(0);
  }

  private Dataset<Row> measured(NightInput input) {
    return spark.read().parquet(input.measures());
  }

  private Dataset<Row> empty(TableContract contract) {
    return spark.createDataFrame(List.of(), PublishedTables.schema(contract));
  }

  private Dataset<Row> write(TableContract contract, Dataset<Row> rows) {
    String folder = staging.table(contract.name());
    contract.publish(rows, run, plan.settings().language()).write().parquet(folder);
    return spark.read().parquet(folder);
  }

  private void deleteWork() throws IOException {
    Path work = new Path(staging.table(MEASURES));
    FileSystem fileSystem = work.getFileSystem(spark.sparkContext().hadoopConfiguration());
    fileSystem.delete(work, true);
  }

  private void begin(String stage) {
    spark.sparkContext().setJobDescription("karat " + run.asOf() + ": " + stage);
    progress.stage(stage);
  }

  private static Optional<Long> rows(Optional<Release> release, String table) {
    return release.flatMap(
        earlier -> Optional.ofNullable(earlier.tables().get(table)).map(Release.Table::rows));
  }

  private static Term term(Row totals, String rows, String amount) {
    BigDecimal count = totals.getAs(rows);
    return new Term(count.longValueExact(), totals.getAs(amount));
  }
}
