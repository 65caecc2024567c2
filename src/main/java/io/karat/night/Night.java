package io.karat.night;

import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.LifetimeScores;
import io.karat.measures.ChannelSales;
import io.karat.models.Model;
import io.karat.models.ModelKind;
import io.karat.movement.Cohorts;
import io.karat.movement.MovementTables;
import io.karat.prediction.PredictionModel;
import io.karat.prediction.PredictionScores;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunLock;
import io.karat.publishing.Staging;
import io.karat.quality.CheckResult;
import io.karat.ranks.RankResults;
import io.karat.report.NightFacts;
import io.karat.report.NightFigures;
import io.karat.run.Failpoint;
import io.karat.run.KaratException;
import io.karat.run.RefusedException;
import io.karat.run.Run;
import io.karat.scores.CutKind;
import io.karat.scores.CutModel;
import io.karat.scores.LevelContracts;
import io.karat.scores.MarketSources;
import io.karat.scores.ScoreTables;
import io.karat.segments.SegmentKind;
import io.karat.segments.SegmentModel;
import io.karat.segments.SegmentPlan;
import io.karat.segments.SegmentTables;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks;
import io.karat.tables.ContentHash;
import io.karat.tables.Money;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps of one night in their order: each writes its tables into the staging folder and adds its
 * facts to the run's record.
 *
 * @param head the commit that the night builds on
 */
record Night(
    NightJob job, Run run, OutputFolder output, Commit head, Staging staging, NightModels models) {
  private static final Logger LOG = LoggerFactory.getLogger(Night.class);
  static final String MEASURES = "_measures";
  static final String MARKETS = "_markets";
  private static final String READ = "read inputs";
  private static final String LIFETIME = "lifetime value";

  static Night of(NightJob job, Run run, OutputFolder output, Commit head, RunLock lock)
      throws IOException {
    Staging staging = output.stage(run.id(), run.asOf(), head, lock);
    NightModels models = new NightModels(staging, output.models(), run.asOf());
    return new Night(job, run, output, head, staging, models);
  }

  /** Reads every input once, and computes the indicators of every customer. */
  ReadInputs read(List<NightSource> sources) throws IOException {
    NightInput input = readAsListed(sources);
    input.accounts().forEach(account -> LOG.info("Input {}", account.inWords()));
    job.record().update(facts -> facts.withInputs(inputs(input), switchedOff()));
    Optional<NightLifetime> lifetime = lifetime(input);
    Optional<NightPrediction> prediction = prediction(input);
    requireUnchanged(sources);
    return new ReadInputs(input, lifetime, prediction, writeIndicators(input, lifetime));
  }

  /** Reads the inputs; where that fails because one was changed meanwhile, it says so. */
  private NightInput readAsListed(List<NightSource> sources) throws IOException {
    try {
      return readInputs(sources);
    } catch (KaratException known) {
      throw known;
    } catch (Exception failure) {
      requireUnchanged(sources);
      throw failure;
    }
  }

  private static void requireUnchanged(List<NightSource> sources) {
    sources.forEach(source -> source.content().requireUnchanged());
  }

  private NightInput readInputs(List<NightSource> sources) throws IOException {
    begin(READ);
    StateBefore before = before();
    NightReading night = NightReading.of(plan(), sources, run.asOf(), before, job.spark());
    InputReading reading = night.reading();
    Dataset<Row> stored = tables().savePartitions(reading.stored(), staging.state().customers());
    Failpoint.reach("AFTER_DAYS");
    List<Row> counts = reading.counts(stored);
    Optional<Row> sums = night.sums(stored);
    night.requireSame(counts, sums);
    NightInput input =
        reading
            .input(stored, counts, folded -> saved(folded, MEASURES))
            .withMarkets(sizes -> saved(sizes, MARKETS));
    staging
        .state()
        .complete(night.state(counts, staging.state().files(), input.cohorts(), sums).json());
    Failpoint.reach("AFTER_MEASURES");
    for (InputAccount account : input.accounts()) {
      account.requireRows(run.asOf(), account.equals(input.leading()));
      account.requireDays(head.inputs(), run.asOf());
    }
    job.progress()
        .done(READ, inputs(input).stream().mapToLong(it -> it.reading().rowsReadNow()).sum());
    input.accounts().stream()
        .flatMap(account -> account.reused().stream())
        .forEach(job.progress()::note);
    return input.with(
        new QuarantineTables(
                job.spark(),
                plan(),
                run,
                staging,
                job.progress(),
                before.release().map(output::tables))
            .write(input, reading));
  }

  private Dataset<Row> saved(Dataset<Row> rows, String name) {
    return tables().save(rows, staging.table(name), NightTables.WITHOUT_DICTIONARY);
  }

  /** The state of the night before, unless a whole reading is asked for. */
  private StateBefore before() throws IOException {
    StateBefore before =
        job.isFull()
            ? StateBefore.none("a full night was asked for")
            : StateBefore.of(head, run.asOf(), output);
    if (before.isDamaged()) {
      LOG.warn("All inputs are read whole: {}", before.reason());
    }
    return before;
  }

  private static List<NightFacts.Input> inputs(NightInput input) {
    return input.accounts().stream().map(InputAccount::fact).toList();
  }

  private NightFacts.SwitchedOff switchedOff() {
    SortedMap<String, String> indicators = new TreeMap<>();
    plan().indicators().switchedOff().forEach((name, it) -> indicators.put(name, it.list()));
    SortedMap<String, String> models = new TreeMap<>();
    plan().scores().switchedOff().forEach((part, reason) -> models.put(part, reason.reason().en()));
    return new NightFacts.SwitchedOff(indicators, models);
  }

  /** Chooses or fits the lifetime value model; empty if lifetime value is switched off. */
  private Optional<NightLifetime> lifetime(NightInput input) throws IOException {
    Optional<LifetimeScores> scores = plan().lifetime();
    if (scores.isEmpty()) {
      return Optional.empty();
    }

    begin(LIFETIME);
    ModelKind kind = new LifetimeKind(plan(), Optional.of(input));
    Optional<LifetimeModel> model = models.choose(kind, input.measures()).map(LifetimeModel::parse);
    job.progress().done(LIFETIME);
    return Optional.of(new NightLifetime(scores.get(), run.asOf(), model));
  }

  /** Writes customer_indicators, and reads them back. */
  private Dataset<Row> writeIndicators(NightInput input, Optional<NightLifetime> lifetime) {
    begin(PublishedTables.CUSTOMER_INDICATORS);
    Dataset<Row> measures =
        lifetime.map(it -> it.withExpectedSales(input.measures())).orElse(input.measures());
    Dataset<Row> indicators = plan().indicators().compute(measures, run.asOf());
    Dataset<Row> published =
        tables().write(tables().customerIndicators(indicators.schema()), indicators);
    job.progress().done(PublishedTables.CUSTOMER_INDICATORS, input.customers());
    Failpoint.reach("AFTER_INDICATORS");
    return plan().scores().withSales(published);
  }

  /**
   * Checks the inputs and the models chosen for them.
   *
   * @throws RefusedException if a check refuses the night
   */
  void check(ReadInputs read) throws IOException {
    begin("checks");
    Optional<Release> nightBefore = head.nightBefore(run.asOf());
    List<CheckResult> results =
        new ArrayList<>(
            checks(read.input())
                .all(
                    nightBefore,
                    nightBefore.isEmpty() ? Optional.empty() : output.inputs(nightBefore.get())));
    read.lifetime()
        .ifPresent(it -> it.failedChecks(plan().settings().checks()).forEach(results::add));
    read.prediction()
        .ifPresent(it -> it.failedChecks(plan().settings().checks()).forEach(results::add));
    job.progress().done("checks");
    add(results);
  }

  NightChecks checks(NightInput input) {
    return new NightChecks(
        plan().settings().checks(),
        plan().settings().calendar(),
        new Money(plan().settings().moneyScale(), plan().settings().currency()),
        input,
        run.asOf());
  }

  /** Adds the results of checks to the record, and ends the night if one of them refuses it. */
  private void add(List<CheckResult> results) {
    List<CheckResult> all = new ArrayList<>(job.record().facts().checks());
    all.addAll(results);
    job.record().update(facts -> facts.withChecks(all));
    results.stream()
        .filter(CheckResult::isWarning)
        .forEach(check -> LOG.warn("Check {}: {}", check.check(), check.message().en()));
    LOG.info(
        "{} of {} checks passed",
        results.stream().filter(check -> check.status().equals("passed")).count(),
        results.size());
    List<String> refusals =
        results.stream()
            .filter(CheckResult::isRefusal)
            .map(check -> check.check() + ": " + check.message().en())
            .toList();
    if (!refusals.isEmpty()) {
      throw new RefusedException(
          "Night %s is refused, last night stays live: %s The staged tables of run %s are kept."
              .formatted(run.asOf(), String.join(" ", refusals), run.id()));
    }
  }

  /** Scores, tiers and segments every customer. */
  ScoredCustomers score(ReadInputs read) throws IOException {
    NightSegments segments = segments(read.indicators());
    Optional<NightGroups> groups = NightGroups.of(this, read);
    ScoreTables scores = scores(read, segments, groups);
    begin("levels");
    Optional<Dataset<Row>> markets = read.input().markets();
    ScoreTables.LevelFrames levels =
        scores.levels(
            new MarketSources(markets, ChannelSales.of(read.input().measures(), run.asOf())));
    tables().write(levels.tables());
    Dataset<Row> coverage =
        tables().write(ScoreTables.coverageContract(plan().scores()), levels.coverage());
    Optional<RankResults> ranks = scores.ranked().and(segments.ranked()).of(scores.scored());
    List<Row> concentration = new ArrayList<>(scores.concentration(ranks));
    if (groups.isPresent()) {
      NightGroups.Written written = groups.get().written(scores);
      concentration.addAll(written.concentration());
      add(written.checks());
    }
    tables().write(LevelContracts.CONCENTRATION, concentration);
    tables().write(scores.profiles(ranks));
    job.progress().done("levels");
    if (markets.isPresent()) {
      add(new NightMarkets(markets.get(), coverage, plan().scores().covered()).checks());
    }
    Checks checks = plan().settings().checks();
    add(
        Stream.concat(
                levels.orders().stream().map(order -> order.check(checks.tierOrder())),
                levels.correlated().stream().map(pair -> pair.check(checks.indicatorCorrelation())))
            .toList());
    Failpoint.reach("AFTER_SCORES");
    return new ScoredCustomers(
        read.input(), read.indicators().schema(), scores, segments, ranks, levels.tiers());
  }

  /** Chooses or fits the segment model. */
  private NightSegments segments(Dataset<Row> indicators) throws IOException {
    begin(SegmentModel.KIND);
    Optional<SegmentPlan> segments = SegmentPlan.of(plan().scores());
    Optional<SegmentTables> tables = Optional.empty();
    if (segments.isPresent()) {
      Model model = models.choose(new SegmentKind(segments.get()), indicators).orElseThrow();
      tables = Optional.of(new SegmentTables(segments.get(), SegmentModel.parse(model)));
    }
    job.progress().done(SegmentModel.KIND);
    return new NightSegments(
        tables, plan(), run.asOf(), head.nightBefore(run.asOf()).map(Release::asOf));
  }

  /** Chooses or fits the model of the prediction, and writes its tables; empty if it is off. */
  private Optional<NightPrediction> prediction(NightInput input) throws IOException {
    if (plan().prediction().isEmpty()) {
      return Optional.empty();
    }

    begin(PredictionModel.KIND);
    ModelKind kind = new PredictionKind(plan(), Optional.of(input));
    Optional<PredictionModel> model =
        models.choose(kind, input.measures()).map(PredictionModel::parse);
    NightPrediction prediction =
        new NightPrediction(
            new PredictionScores(plan().prediction().get(), plan().money(), model), run.asOf());
    tables().write(prediction.tables());
    job.progress().done(PredictionModel.KIND);
    return Optional.of(prediction);
  }

  /** Chooses or fits the cuts, and writes customer_value and its contributions. */
  private ScoreTables scores(ReadInputs read, NightSegments segments, Optional<NightGroups> groups)
      throws IOException {
    begin(CutModel.KIND);
    CutModel cuts =
        CutModel.parse(
            models.choose(new CutKind(plan().scores()), read.indicators()).orElseThrow());
    job.progress().done(CutModel.KIND);
    return new NightScores(this, read, cuts, segments, groups).written();
  }

  /**
   * Follows customers from earlier nights to this one: history, moves and drift of segments.
   *
   * @return the content of customer_value_history
   * @throws RefusedException if a check refuses the night
   */
  ContentHash follow(ScoredCustomers scored) throws IOException {
    ContentHash history = writeHistory(scored);
    begin("movement");
    NightMovement.Written moves = new NightMovement(plan(), scored, staging, earlier()).written();
    NightChurn.Written churn = churn().written(scored.scores().scored());
    tables().write(MovementTables.CHURN_LEVELS, churn.rows());
    tables().write(MovementTables.TRANSITIONS, moves.moved().transitions());
    tables().write(MovementTables.STATE_VALUES, moves.moved().stateValues());
    if (moves.keyAccounts().isPresent()) {
      tables().write(MovementTables.KEY_ACCOUNT_CHANGES, moves.keyAccounts().get());
    } else {
      tables().write(MovementTables.KEY_ACCOUNT_CHANGES, List.of());
    }
    tables().write(MovementTables.COHORTS, Cohorts.rows(scored.input().cohorts(), run.asOf()));
    job.progress()
        .done(
            "movement",
            moves.moved().transitions().size() + (long) moves.moved().stateValues().size());
    List<BilingualText> remarks = new ArrayList<>(scored.input().remarks());
    remarks.addAll(models.remarks());
    remarks.addAll(moves.remarks());
    remarks.addAll(new NightAllocation(this, scored.scores().scored()).written());
    remarks.addAll(churn.remarks());
    NightFigures figures =
        NightFigures.of(scored.input().customers(), scored.tiers(), moves.moved());
    remarks.forEach(remark -> LOG.info("{}", remark.en()));
    job.record().update(facts -> facts.withFigures(figures, remarks));
    List<CheckResult> results = new ArrayList<>(moves.moved().checks());
    results.addAll(writeSegments(scored));
    add(results);
    return history;
  }

  EarlierNights earlier() {
    return new EarlierNights(job.spark(), plan(), staging, run.asOf());
  }

  NightChurn churn() {
    return new NightChurn(plan(), staging, earlier());
  }

  /** Writes this night's rows of the history, and places those of earlier nights beside them. */
  private ContentHash writeHistory(ScoredCustomers scored) throws IOException {
    begin(PublishedTables.CUSTOMER_VALUE_HISTORY);
    ContentHash own =
        tables().writeHistory(tables().history(scored.indicators()), scored.scores().scored());
    ContentHash placed = staging.placeHistory(own, plan().settings().output().historyDays());
    job.progress().done(PublishedTables.CUSTOMER_VALUE_HISTORY, placed.rows());
    return placed;
  }

  /** Writes the tables of segments; the result are the checks of their drift. */
  private List<CheckResult> writeSegments(ScoredCustomers scored) throws IOException {
    begin(SegmentTables.PROFILES.name());
    NightSegments.Published published =
        scored.segments().published(scored.scores(), scored.ranks(), firstDay(scored.input()));
    tables().write(SegmentTables.SEGMENTS, published.segments());
    if (published.characteristics().isPresent()) {
      tables().write(SegmentTables.PROFILES, published.characteristics().get());
    } else {
      tables().write(SegmentTables.PROFILES, published.profiles());
    }
    job.progress().done(SegmentTables.PROFILES.name());
    return published.drift();
  }

  /** The first day with rows of the leading input; empty for a table without days. */
  private Optional<LocalDate> firstDay(NightInput input) {
    return input.leading().tallies().rowsByDay(run.asOf()).keySet().stream().findFirst();
  }

  NightTables tables() {
    return new NightTables(job.spark(), plan(), run, staging);
  }

  NightPlan plan() {
    return job.plan();
  }

  void begin(String stage) {
    LOG.info("Stage {}", stage);
    job.spark().sparkContext().setJobDescription("karat " + run.asOf() + ": " + stage);
    job.progress().stage(stage);
  }
}
