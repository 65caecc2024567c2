package io.karat.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.karat.input.Markets;
import io.karat.input.SimilarValues;
import io.karat.measures.ChannelSales;
import io.karat.models.Model;
import io.karat.movement.Cohorts;
import io.karat.movement.MovementTables;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunLock;
import io.karat.publishing.Staging;
import io.karat.quality.CheckResult;
import io.karat.ranks.RankResults;
import io.karat.report.NightFigures;
import io.karat.run.Failpoint;
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
import io.karat.tables.TableContract;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
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

  static Night of(NightJob job, Run run, OutputFolder output, Commit head, RunLock lock)
      throws IOException {
    Staging staging = output.stage(run.id(), run.asOf(), head, lock);
    NightModels models = new NightModels(staging, output.models(), run.asOf());
    return new Night(job, run, output, head, staging, models);
  }

  /** Reads every input once, and computes the indicators of every customer. */
  ReadInputs read(List<NightSource> sources) throws IOException {
    return new NightInputs(this).read(sources);
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
        read.input().withRemarks(similarValues(coverage)),
        read.indicators().schema(),
        scores,
        segments,
        ranks,
        levels.tiers());
  }

  /** Remarks on values that differ only in how they are written; channels are there themselves. */
  private static List<BilingualText> similarValues(Dataset<Row> coverage) {
    Column isOfChannels = col(Markets.CHARACTERISTIC).startsWith("main_channel_");
    return SimilarValues.remarks(coverage.filter(not(isOfChannels)), "customer_count");
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
    TableContract changes = MovementTables.keyAccountChanges(plan().money().scale());
    if (moves.keyAccounts().isPresent()) {
      tables().write(changes, moves.keyAccounts().get());
    } else {
      tables().write(changes, List.of());
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
  Optional<LocalDate> firstDay(NightInput input) {
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
