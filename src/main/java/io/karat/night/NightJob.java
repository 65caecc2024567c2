package io.karat.night;

import static java.util.Comparator.comparingLong;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.input.Source;
import io.karat.lifetime.LifetimeModel;
import io.karat.mart.Mart;
import io.karat.models.Model;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunLock;
import io.karat.publishing.StagedRun;
import io.karat.publishing.Staging;
import io.karat.quality.CheckResult;
import io.karat.report.NightFigures;
import io.karat.report.RunReport;
import io.karat.run.CodeFingerprint;
import io.karat.run.ExitCode;
import io.karat.run.Fingerprint;
import io.karat.run.Progress;
import io.karat.run.RefusedException;
import io.karat.run.Run;
import io.karat.scores.ScoreTables;
import io.karat.settings.BilingualText;
import io.karat.settings.Output;
import io.karat.tables.ContentHash;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Job of one night, in the order in which the data flows: read every input once, compute measures
 * and indicators per customer, check, and publish all tables together or none.
 *
 * @param clock the time of records for people; no calculation uses it
 */
public record NightJob(
    SparkSession spark, NightPlan plan, Progress progress, RunReport report, InstantSource clock) {

  /**
   * Computes and publishes the night of {@code asOf}.
   *
   * @param makeLive whether it goes live even if a later night is live
   * @throws io.karat.run.InputException if the input is missing, incomplete or has the wrong shape
   * @throws RefusedException if a check refuses the night
   * @throws io.karat.run.LockedException if another run holds the lock
   * @throws io.karat.run.FencedException if something was published since this run started
   * @throws io.karat.mart.MartException if the night is published but its copy to the mart failed
   */
  public NightResult run(LocalDate asOf, boolean makeLive) throws IOException {
    OutputFolder.requireWritable(plan.settings().output().path(), hadoop());
    List<NightSource> sources = plan.sources(asOf, hadoop());
    OutputFolder output = OutputFolder.open(plan.settings().output().path(), hadoop(), clock);
    Optional<Mart> mart = plan.mart(output, spark);
    if (mart.isPresent()) {
      mart.get().requireReady();
    }
    try (RunLock lock = output.lock("the night of " + asOf)) {
      NightResult result = run(asOf, makeLive, sources, output, lock);
      if (mart.isPresent()) {
        mart.get().follow(output.head(), progress);
      }
      return result;
    }
  }

  private NightResult run(
      LocalDate asOf,
      boolean makeLive,
      List<NightSource> sources,
      OutputFolder output,
      RunLock lock)
      throws IOException {
    Commit head = output.head();
    Run run = identity(plan, asOf, sources, head);
    report.run(run);
    progress.run(run);
    if (output.isUnchanged(run.id(), asOf)) {
      return unchanged(run, makeLive, output, lock);
    }

    output.requireNotWithdrawn(run.id());
    Staging staging = output.stage(run.id(), asOf, head, lock);
    Night night = new Night(spark, plan, run, staging, progress);
    return publish(night, sources, makeLive, output, head, lock);
  }

  /** The identity of a run that builds on {@code head}. */
  static Run identity(NightPlan plan, LocalDate asOf, List<NightSource> sources, Commit head) {
    return Run.of(
        asOf,
        sources.stream()
            .flatMap(source -> source.files().stream())
            .map(Source.SourceFile::line)
            .toList(),
        plan.settings().canonical(),
        CodeFingerprint.ofRunningCode(),
        past(plan, asOf, head));
  }

  /**
   * The earlier nights and accepted models that the run depends on: the night before, and with
   * movement every earlier night. A model that an earlier night fitted is not named: it follows
   * from that night and from the release of the night before.
   */
  private static List<String> past(NightPlan plan, LocalDate asOf, Commit head) {
    List<String> past = new ArrayList<>();
    head.nightBefore(asOf).map(Release::runId).ifPresent(past::add);
    if (plan.settings().movement().isPresent()) {
      head.nights().headMap(asOf).forEach((day, night) -> past.add(day + " " + night.runId()));
    }
    head.models().forEach((kind, id) -> past.add("%s %s".formatted(kind, id)));
    return past;
  }

  private NightResult publish(
      Night night,
      List<NightSource> sources,
      boolean makeLive,
      OutputFolder output,
      Commit head,
      RunLock lock)
      throws IOException {
    Instant started = clock.instant();
    NightInput input = night.readInputs(sources, head.inputs());
    input
        .accounts()
        .forEach(
            account ->
                report.input(
                    account.name(),
                    account.source().files().size(),
                    account.source().bytes(),
                    account.source().knownOn(),
                    account.balance()));
    report.switchedOff(plan.indicators().switchedOff(), plan.scores().switchedOff());

    Optional<NightLifetime> lifetime =
        night.foresee(input, output.models().latest(LifetimeModel.KIND));
    Dataset<Row> indicators = night.writeIndicators(input, lifetime);
    Optional<Release> nightBefore = head.nightBefore(night.run().asOf());
    List<CheckResult> checks =
        new ArrayList<>(night.check(input, nightBefore, inputsBefore(output, nightBefore)));
    lifetime.ifPresent(it -> it.checks().forEach(checks::add));
    report.checks(checks);
    requirePassed(night.run(), checks);

    boolean goesLive = makeLive || !night.run().asOf().isBefore(head.liveAsOf());
    NightSegments segments = night.learnSegments(indicators);
    ScoreTables scores = night.writeScores(input, indicators, segments, lifetime);
    List<Row> tiers = night.writeLevels(scores);
    ContentHash history = night.writeHistory(scores);
    List<BilingualText> remarks =
        new ArrayList<>(lifetime.map(NightLifetime::notes).orElse(List.of()));
    NightMovement.Written movement = night.writeMovement(scores, segments);
    remarks.addAll(movement.remarks());
    report.remarks(remarks);
    NightFigures figures = NightFigures.of(input.customers(), tiers, movement.moved());
    report.figures(figures);
    List<CheckResult> all = new ArrayList<>(checks);
    all.addAll(night.writeSegments(scores, segments));
    report.checks(all);
    night.writeSmallTables(input, scores, all, facts(started, goesLive), earlierRuns(output, head));
    SortedMap<String, Release.Table> tables = night.audit(scores, history);
    report.tables(tables);
    report.models(night.staging().models());
    night.writeReport(report, lifetime);

    progress.stage("commit");
    report.end("published", ExitCode.PUBLISHED, "Published.", 0);
    night.staging().write("run_report.json", report.json());
    StagedRun staged = night.staging().complete(tables, input.facts(), makeLive);
    Commit commit = output.commit(staged, lock);
    output.confirm(commit);
    Optional<Model> candidate = lifetime.flatMap(NightLifetime::candidate);
    if (candidate.isPresent()) {
      output.models().keep(candidate.get(), commit.release(night.run().id()).orElseThrow());
    }
    Output.Retention retention = plan.settings().output().retention();
    output.retain(retention.releases(), retention.quarantineDays(), lock);
    progress.done("commit");
    return new NightResult(
        night.run(),
        true,
        commit.live().equals(night.run().id()),
        tables,
        staged.models(),
        all,
        remarks,
        Optional.of(figures),
        Optional.of(input.transactions().balance()));
  }

  private NightResult unchanged(Run run, boolean makeLive, OutputFolder output, RunLock lock)
      throws IOException {
    Commit head = output.head();
    if (makeLive && !head.live().equals(run.id())) {
      head = output.publish(run.id(), lock);
    }
    Release release = head.release(run.id()).orElseThrow();
    boolean isLive = head.live().equals(run.id());
    report.tables(release.tables());
    report.models(release.models());
    Optional<NightFigures> figures = output.releaseReport(run.id()).flatMap(NightFigures::ofReport);
    figures.ifPresent(report::figures);
    return new NightResult(
        run,
        false,
        isLive,
        release.tables(),
        release.models(),
        List.of(),
        List.of(),
        figures,
        Optional.empty());
  }

  private RunFacts facts(Instant started, boolean goesLive) {
    return new RunFacts(
        started,
        clock.instant(),
        CodeFingerprint.ofRunningCode(),
        Fingerprint.of(List.of(plan.settings().canonical())),
        goesLive);
  }

  /** The longest table of runs: each release lists those that were published before it. */
  private Optional<String> earlierRuns(OutputFolder output, Commit head) throws IOException {
    List<Release> longestFirst = new ArrayList<>(head.releases());
    longestFirst.sort(comparingLong(NightJob::runs).reversed());
    for (Release release : longestFirst) {
      Path folder = new Path(output.location("releases/%s/runs".formatted(release.runId())));
      if (folder.getFileSystem(hadoop()).exists(folder)) {
        return Optional.of(folder.toString());
      }
    }
    return Optional.empty();
  }

  private static long runs(Release release) {
    return Optional.ofNullable(release.tables().get("runs")).map(Release.Table::rows).orElse(0L);
  }

  /** The facts of the inputs of the night before; empty if they are deleted. */
  private static Optional<JsonNode> inputsBefore(OutputFolder output, Optional<Release> nightBefore)
      throws IOException {
    return nightBefore.isEmpty() ? Optional.empty() : output.inputs(nightBefore.get().runId());
  }

  private static void requirePassed(Run run, List<CheckResult> checks) {
    List<String> refusals = new ArrayList<>();
    checks.stream()
        .filter(CheckResult::isRefusal)
        .forEach(check -> refusals.add(check.check() + ": " + check.message().en()));
    if (!refusals.isEmpty()) {
      throw new RefusedException(
          "Night %s is refused, last night stays live: %s The staged tables of run %s are kept."
              .formatted(run.asOf(), String.join(" ", refusals), run.id()));
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
