package io.karat.night;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.LifetimeScores;
import io.karat.models.Model;
import io.karat.movement.MovementResult;
import io.karat.movement.MovementTables;
import io.karat.publishing.ModelFit;
import io.karat.publishing.Release;
import io.karat.publishing.Staging;
import io.karat.quality.CheckResult;
import io.karat.report.HtmlReport;
import io.karat.report.RunReport;
import io.karat.run.Failpoint;
import io.karat.run.Progress;
import io.karat.run.Run;
import io.karat.scores.Contributions;
import io.karat.scores.CutFitting;
import io.karat.scores.CutModel;
import io.karat.scores.LevelContracts;
import io.karat.scores.ScoreTables;
import io.karat.scores.Scores;
import io.karat.scores.ValueTable;
import io.karat.segments.SegmentModel;
import io.karat.segments.SegmentTables;
import io.karat.tables.ContentHash;
import io.karat.tables.PlainLocalFiles;
import io.karat.tables.TableContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Stages of one night, called in order by {@link NightJob}; each writes its tables into the staging
 * folder.
 */
record Night(SparkSession spark, NightPlan plan, Run run, Staging staging, Progress progress) {
  private static final String MEASURES = "_measures";
  private static final String SCORES = "_scores";
  private static final String LIFETIME = "lifetime value";
  private static final String READ = "read inputs";
  private static final String REPORT = "report";

  /**
   * Reads every input once: the measures of each customer and the account of all rows.
   *
   * @throws io.karat.run.InputException if an input is empty or lacks days that an earlier run read
   */
  NightInput readInputs(List<NightSource> sources, JsonNode earlier) throws IOException {
    begin(READ);
    InputReading reading = InputReading.of(plan, sources, run.asOf(), spark);
    NightInput input =
        reading.input(
            tables()
                .save(reading.stored(), staging.table(MEASURES), NightTables.WITHOUT_DICTIONARY));
    Failpoint.reach("AFTER_MEASURES");
    for (InputAccount account : input.accounts()) {
      account.requireRows(run.asOf());
      account.requireDays(earlier, run.asOf());
    }
    long rows =
        input.accounts().stream().mapToLong(account -> account.balance().read().rows()).sum();
    progress.done(READ, rows);
    return input.with(
        new QuarantineTables(spark, plan, run, staging, progress).write(input, reading));
  }

  /**
   * Chooses or fits the lifetime value model of the night; empty if it is switched off.
   *
   * @param lastFit the newest model that was fitted, accepted or not
   */
  Optional<NightLifetime> foresee(NightInput input, Optional<ModelFit> lastFit) throws IOException {
    Optional<LifetimeScores> scores = plan.lifetime();
    if (scores.isEmpty()) {
      return Optional.empty();
    }

    begin(LIFETIME);
    NightLifetime lifetime =
        NightLifetime.of(
            scores.get(),
            input,
            new LifetimeInputs(
                plan,
                input.accounts().stream().map(InputAccount::source).toList(),
                run.asOf(),
                spark),
            staging.liveModels(LifetimeModel.KIND),
            lastFit);
    if (lifetime.model().isPresent()) {
      staging.use(lifetime.model().get().model());
    }
    progress.done(LIFETIME);
    return Optional.of(lifetime);
  }

  /** Writes customer_indicators and reads them back. */
  Dataset<Row> writeIndicators(NightInput input, Optional<NightLifetime> lifetime) {
    begin(PublishedTables.CUSTOMER_INDICATORS);
    Dataset<Row> measures =
        lifetime.map(it -> it.withExpectedSales(input.measures())).orElse(input.measures());
    Dataset<Row> indicators = plan.indicators().compute(measures, run.asOf());
    NightTables tables = tables();
    Dataset<Row> published =
        tables.write(tables.customerIndicators(indicators.schema()), indicators);
    progress.done(PublishedTables.CUSTOMER_INDICATORS, input.customers());
    Failpoint.reach("AFTER_INDICATORS");
    return published;
  }

  /**
   * Runs all checks of the night's inputs.
   *
   * @param before the facts of the inputs of the night before
   */
  List<CheckResult> check(
      NightInput input, Optional<Release> nightBefore, Optional<JsonNode> before) {
    begin("checks");
    List<CheckResult> results = checks(input).all(nightBefore, before);
    progress.done("checks");
    return results;
  }

  private NightChecks checks(NightInput input) {
    return new NightChecks(plan.settings().checks(), input, run.asOf());
  }

  /** Takes the segment model that is in use, or fits one. */
  NightSegments learnSegments(Dataset<Row> indicators) throws IOException {
    begin(SegmentModel.KIND);
    NightSegments segments = NightSegments.of(plan, run, indicators, staging);
    progress.done(SegmentModel.KIND);
    return segments;
  }

  /**
   * Writes the tables of segments.
   *
   * @return the checks for drift from the segment model
   */
  List<CheckResult> writeSegments(ScoreTables scores, NightSegments segments) {
    begin(SegmentTables.PROFILES.name());
    NightSegments.Published published = segments.published(scores);
    published.rows().forEach(tables()::write);
    progress.done(SegmentTables.PROFILES.name());
    return published.drift();
  }

  /** Fits the cuts that are not fitted yet, and writes every table of scores. */
  ScoreTables writeScores(
      NightInput input,
      Dataset<Row> indicators,
      NightSegments segments,
      Optional<NightLifetime> lifetime)
      throws IOException {
    begin("cuts");
    List<CutModel> live = new ArrayList<>();
    for (Model model : staging.liveModels(CutModel.KIND)) {
      live.add(CutModel.parse(model.text(), model.name()));
    }
    CutModel cuts = CutFitting.fit(plan.scores(), indicators, run.asOf(), live);
    staging.use(cuts.model());
    progress.done("cuts");

    begin(ValueTable.NAME);
    List<String> files = staging.historyBefore();
    Optional<Dataset<Row>> before =
        files.isEmpty()
            ? Optional.empty()
            : Optional.of(spark.read().parquet(files.toArray(String[]::new)));
    ValueTable table = new ValueTable(plan.scores());
    Dataset<Row> all =
        segments.assigned(
            table.withPast(new Scores(plan.scores(), cuts).scored(indicators), before));
    // Computed once: nine tables are made of it.
    Dataset<Row> scored =
        all.equals(indicators) ? indicators : tables().save(all, staging.table(SCORES));
    ScoreTables scores = new ScoreTables(plan.scores(), cuts, scored);
    Dataset<Row> values = scores.customerValue();
    tables()
        .write(
            tables().customerValue(),
            lifetime.map(it -> it.joined(values, input.measures())).orElse(values));
    progress.done(ValueTable.NAME, input.customers());
    begin(Contributions.NAME);
    tables().write(Contributions.CONTRACT, scores.contributions());
    progress.done(Contributions.NAME);
    return scores;
  }

  /**
   * Writes the tables of levels and of concentration.
   *
   * @return the rows of {@code tiers}
   */
  List<Row> writeLevels(ScoreTables scores) {
    begin("levels");
    ScoreTables.LevelFrames levels = scores.levels();
    levels.tables().forEach(tables()::write);
    tables().write(LevelContracts.CONCENTRATION, scores.concentration());
    progress.done("levels");
    Failpoint.reach("AFTER_SCORES");
    return levels.tiers();
  }

  /**
   * Writes this night's rows of the history, and adds those of earlier nights to the table.
   *
   * @return the content hash of the whole table
   */
  ContentHash writeHistory(ScoreTables scores) throws IOException {
    begin(PublishedTables.CUSTOMER_VALUE_HISTORY);
    Dataset<Row> rows =
        tables()
            .history(scores.scored().schema())
            .publish(scores.scored(), run, plan.settings().language());
    ContentHash own = ContentHash.of(tables().save(rows, staging.history()));
    ContentHash placed = staging.placeHistory(own, plan.settings().output().historyDays());
    progress.done(PublishedTables.CUSTOMER_VALUE_HISTORY, placed.rows());
    return placed;
  }

  /**
   * Writes the tables of movement since earlier nights, and keeps with the history the figures that
   * later nights need. It must be called after the history is written.
   */
  NightMovement.Written writeMovement(ScoreTables scores, NightSegments segments)
      throws IOException {
    begin("movement");
    NightMovement movement = new NightMovement(spark, plan, segments, staging, run.asOf());
    MovementResult moved = movement.moved(scores.scored());
    tables().write(MovementTables.TRANSITIONS, moved.transitions());
    tables().write(MovementTables.STATE_VALUES, moved.stateValues());
    progress.done("movement", moved.transitions().size() + (long) moved.stateValues().size());
    return new NightMovement.Written(moved, movement.remarks(moved));
  }

  void writeSmallTables(
      NightInput input,
      ScoreTables scores,
      List<CheckResult> checks,
      RunFacts facts,
      Optional<String> earlierRuns) {
    begin("small tables");
    SmallTables small = new SmallTables(spark, plan.settings().language(), run);
    tables()
        .write(
            PublishedTables.DICTIONARY,
            small.dictionary(
                tables().contracts(scores.scored().schema()), plan.indicators().columns()));
    List<CheckResult> all = new ArrayList<>(checks);
    all.addAll(checks(input).balances());
    tables().write(PublishedTables.QUALITY_RESULTS, small.checks(all));
    small
        .runs(facts, input, checks, earlierRuns)
        .write()
        .options(PlainLocalFiles.SETTINGS)
        .parquet(staging.table(PublishedTables.RUNS.name()));
    progress.done("small tables");
  }

  /** Reads back every table and computes its number of rows and content hash. */
  SortedMap<String, Release.Table> audit(ScoreTables scores, ContentHash history)
      throws IOException {
    begin("audit");
    tables().delete(List.of(MEASURES, SCORES));
    SortedMap<String, Dataset<Row>> written = new TreeMap<>();
    for (TableContract contract : tables().contracts(scores.scored().schema())) {
      written.put(contract.name(), tables().written(contract));
    }
    written.remove(PublishedTables.CUSTOMER_VALUE_HISTORY);
    SortedMap<String, Release.Table> tables = new TreeMap<>();
    ContentHash.ofAll(written).forEach((name, hash) -> tables.put(name, Release.Table.of(hash)));
    tables.computeIfPresent(
        PublishedTables.RUNS.name(),
        (name, runs) -> new Release.Table(runs.rows(), Optional.empty()));
    tables.put(PublishedTables.CUSTOMER_VALUE_HISTORY, Release.Table.of(history));
    progress.done("audit");
    Failpoint.reach("AFTER_AUDIT");
    return tables;
  }

  /** Writes the HTML report from the written tables, unless it is switched off. */
  void writeReport(RunReport facts, Optional<NightLifetime> lifetime) throws IOException {
    if (plan.settings().output().report().isEmpty()) {
      return;
    }

    begin(REPORT);
    HtmlReport report =
        new HtmlReport(spark, plan.settings(), plan.scores(), plan.settings().language());
    staging.write(
        HtmlReport.FILE,
        report.of(
            staging::table,
            facts.json(),
            lifetime.flatMap(NightLifetime::model).map(model -> model.model().text())));
    progress.done(REPORT);
  }

  private NightTables tables() {
    return new NightTables(spark, plan, run, staging);
  }

  private void begin(String stage) {
    spark.sparkContext().setJobDescription("karat " + run.asOf() + ": " + stage);
    progress.stage(stage);
  }
}
