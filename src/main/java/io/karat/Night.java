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
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The tables of one night, written into its staging folder one after the other. */
record Night(SparkSession spark, NightPlan plan, Run run, Staging staging, Progress progress) {
  private static final String MEASURES = "_measures";
  private static final String CUSTOMER = "customer_id";

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
    CustomerMeasures.State state = measures.state(rows.candidates());
    Dataset<Row> all = state.parts().unionByName(rows.tallies(), true);
    Dataset<Row> measured = isUniqueChecked() ? all.unionByName(rows.repeatedKeys(), true) : all;
    NightInput input = account(files, state.of(save(measured, staging.table(MEASURES))));
    Failpoint.reach("AFTER_MEASURES");
    input.requireRows(run.asOf());
    input.requireDays(earlier, run.asOf());
    progress.done("read " + plan.source().table(), input.balance().read().rows());
    return keepQuarantine(input, source);
  }

  /** Writes customer_indicators, and reads them back. */
  Dataset<Row> writeIndicators(NightInput input) {
    begin(PublishedTables.CUSTOMER_INDICATORS);
    Dataset<Row> used = input.measures().filter(col(Tally.USED_ROWS).gt(0));
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
    input.repeatedKeys().ifPresent(keys -> results.add(checks.unique(keys)));
    progress.done("checks");
    return results;
  }

  /** Writes this night's rows of the history, and places those of earlier nights beside them. */
  ContentHash writeHistory(Dataset<Row> indicators) throws IOException {
    begin(PublishedTables.CUSTOMER_VALUE_HISTORY);
    TableContract contract =
        PublishedTables.customerValueHistory(
            PublishedTables.customerIndicators(plan.indicators().columns(), indicators.schema()));
    Dataset<Row> rows = contract.publish(indicators, run, plan.settings().language());
    ContentHash own = ContentHash.of(save(rows, staging.history()));
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

  private NightInput account(List<Source.SourceFile> files, CustomerMeasures.State state) {
    List<Row> counts =
        state.parts().filter(col(CUSTOMER).isNull()).select(countColumns()).collectAsList();
    InputTallies tallies =
        InputTallies.of(counts.stream().filter(row -> row.getAs("outcome") != null).toList());
    Optional<Long> repeatedKeys =
        isUniqueChecked()
            ? counts.stream()
                .map(row -> row.<Long>getAs(InputRows.REPEATED_KEYS))
                .filter(Objects::nonNull)
                .findFirst()
            : Optional.empty();
    Column[] sums =
        Tally.NAMES.stream()
            .map(name -> coalesce(sum(col(name)), lit(0)).cast(PublishedTables.EXACT).as(name))
            .toArray(Column[]::new);
    Dataset<Row> measures = state.results();
    Row totals = measures.agg(count_if(col(Tally.USED_ROWS).gt(0)).as("customers"), sums).first();
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
        measures,
        totals.<Long>getAs("customers"),
        repeatedKeys,
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

  private Column[] countColumns() {
    List<String> columns = new ArrayList<>(List.of("day", "outcome", "rows", "amount", "rounding"));
    if (isUniqueChecked()) {
      columns.add(InputRows.REPEATED_KEYS);
    }
    return columns.stream().map(functions::col).toArray(Column[]::new);
  }

  private boolean isUniqueChecked() {
    return !plan.mapping().key().isEmpty() && plan.settings().checks().unique() != Severity.OFF;
  }

  private Dataset<Row> empty(TableContract contract) {
    return spark.createDataFrame(List.of(), PublishedTables.schema(contract));
  }

  private Dataset<Row> write(TableContract contract, Dataset<Row> rows) {
    return save(
        contract.publish(rows, run, plan.settings().language()), staging.table(contract.name()));
  }

  /** Writes rows and reads them back; the schema is known, so no file is opened to find it. */
  private Dataset<Row> save(Dataset<Row> rows, String folder) {
    rows.write().parquet(folder);
    return spark.read().schema(rows.schema()).parquet(folder);
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
