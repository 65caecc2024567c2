package io.karat.night;

import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publishers;
import io.karat.publishing.Release;
import io.karat.publishing.ReleaseAudit;
import io.karat.publishing.RunLock;
import io.karat.report.NightFigures;
import io.karat.report.RunRecord;
import io.karat.run.Progress;
import io.karat.run.RefusedException;
import io.karat.run.Run;
import io.karat.tables.ContentHash;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Job that computes one night and publishes all of its tables together or none.
 *
 * @param record the run's record, which holds the facts of the night also where it fails
 * @param clock for timestamps that are recorded for people; no calculation uses it
 * @param isFull whether all inputs are read whole
 */
public record NightJob(
    SparkSession spark,
    NightPlan plan,
    Progress progress,
    RunRecord record,
    InstantSource clock,
    boolean isFull) {
  private static final Logger LOG = LoggerFactory.getLogger(NightJob.class);

  /** A job that reads only what is new, where it can go on from the night before. */
  public NightJob(
      SparkSession spark,
      NightPlan plan,
      Progress progress,
      RunRecord record,
      InstantSource clock) {
    this(spark, plan, progress, record, clock, false);
  }

  /** The same job, which reads all inputs whole. */
  public NightJob full() {
    return new NightJob(spark, plan, progress, record, clock, true);
  }

  /**
   * Computes and publishes the night of {@code asOf}.
   *
   * @param makeLive whether it goes live even if a later night is live
   * @throws io.karat.run.InputException if the input is missing, incomplete or has the wrong shape
   * @throws RefusedException if a check refuses the night
   * @throws io.karat.run.LockedException if another run holds the lock
   * @throws io.karat.run.FencedException if something was published since this run started
   * @throws io.karat.publishing.PublisherException if the night is live, but a publisher failed
   */
  public NightResult run(LocalDate asOf, boolean makeLive) throws IOException {
    return run(asOf, makeLive ? Aim.LIVE : Aim.TABLES);
  }

  /**
   * Publishes the night of {@code asOf} as one of many: it does nothing if the night was published
   * before, even if retention has deleted its tables since. Else it is as {@link #run}.
   */
  public NightResult backfill(LocalDate asOf) throws IOException {
    return run(asOf, Aim.HISTORY);
  }

  /** Purpose of a night. */
  enum Aim {
    /** That its history is there, and its tables if they are new enough to be kept. */
    HISTORY,
    /** That its tables are there. */
    TABLES,
    /** That readers see it, even if a later night is live. */
    LIVE
  }

  private NightResult run(LocalDate asOf, Aim aim) throws IOException {
    OutputFolder.requireWritable(plan.settings().output().path(), hadoop());
    List<NightSource> sources = plan.sources(asOf, spark);
    OutputFolder output = ConfiguredOutput.open(plan.settings().output(), hadoop(), clock);
    return run(asOf, aim, sources, output, plan.publishers(output, spark));
  }

  NightResult run(
      LocalDate asOf,
      Aim aim,
      List<NightSource> sources,
      OutputFolder output,
      Publishers publishers)
      throws IOException {
    publishers.requireReady();
    try (RunLock lock = output.telling(progress::note).lock("the night of " + asOf)) {
      NightResult result = run(asOf, sources, output, lock, aim);
      publishers.follow(output.head(), progress);
      return result;
    }
  }

  private NightResult run(
      LocalDate asOf, List<NightSource> sources, OutputFolder output, RunLock lock, Aim aim)
      throws IOException {
    Commit head = output.head();
    Run run = RunIdentity.of(plan, asOf, sources, head);
    record.update(facts -> facts.ofRun(run));
    progress.run(run);
    LOG.info(
        "Night {}: run {} builds on commit {} and reads {} inputs",
        asOf,
        run.id(),
        head.number(),
        sources.size());
    if (output.published().isUnchanged(run.id(), asOf)) {
      return unchanged(run, output, lock, aim == Aim.LIVE);
    }
    if (aim == Aim.HISTORY && output.published().isOutlived(run.id(), asOf)) {
      LOG.info("Night {} is unchanged: run {} was published before", asOf, run.id());
      return new NightResult(record.facts(), "", false, false, output.follow().stream().toList());
    }

    output.published().requireNotWithdrawn(run.id());
    return compute(Night.of(this, run, output, head, lock), sources, lock, aim == Aim.LIVE);
  }

  /** A night that a check refuses keeps what it wrote for people to look at; one that fails not. */
  private static NightResult compute(
      Night night, List<NightSource> sources, RunLock lock, boolean makeLive) throws IOException {
    boolean isKept = false;
    try {
      ReadInputs read = night.read(sources);
      night.check(read);
      ScoredCustomers scored = night.score(read);
      ContentHash history = night.follow(scored);
      NightResult result =
          new NightPublication(night, read, scored, history, makeLive).publish(lock);
      isKept = true;
      return result;
    } catch (RefusedException refused) {
      isKept = true;
      throw refused;
    } finally {
      if (!isKept) {
        night.staging().discard();
      }
    }
  }

  private NightResult unchanged(Run run, OutputFolder output, RunLock lock, boolean makeLive)
      throws IOException {
    Commit head = output.head();
    if (makeLive && !head.live().equals(run.id())) {
      head = output.publish(run.id(), new ReleaseAudit(spark, output), lock);
    }
    LOG.info("Night {} is unchanged: run {} is published already", run.asOf(), run.id());
    Release release = head.release(run.id()).orElseThrow();
    Optional<NightFigures> figures = output.releaseReport(release).flatMap(NightFigures::ofReport);
    record.update(
        facts -> facts.withTables(release.tables(), release.models()).withFigures(figures));
    return new NightResult(
        record.facts(),
        release.path(),
        false,
        head.live().equals(run.id()),
        output.follow().stream().toList());
  }

  Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
