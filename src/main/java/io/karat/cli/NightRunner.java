package io.karat.cli;

import static java.util.stream.Collectors.joining;

import io.karat.night.NightJob;
import io.karat.night.NightPlan;
import io.karat.night.NightResult;
import io.karat.quality.CheckResult;
import io.karat.report.HtmlReport;
import io.karat.report.NightNotice;
import io.karat.report.RunRecord;
import io.karat.report.RunReport.End;
import io.karat.run.ExitCode;
import io.karat.run.KaratException;
import io.karat.settings.NotificationSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runner of nights for the command line, with progress, a summary, and a run report regardless of
 * the outcome.
 */
record NightRunner(NightPlan plan, SparkSession spark, Console console, boolean failOnWarn) {
  private static final Logger LOG = LoggerFactory.getLogger(NightRunner.class);
  private static final double NANOSECONDS = 1e9;

  /** Runs one night, and writes its {@code run_report.json} and metrics. */
  NightResult run(String command, LocalDate asOf, boolean makeLive) {
    return run(command, asOf, makeLive, false);
  }

  /** Runs one night, which may read all inputs whole. */
  NightResult run(String command, LocalDate asOf, boolean makeLive, boolean isFull) {
    return run(command, true, job -> (isFull ? job.full() : job).run(asOf, makeLive));
  }

  /**
   * Runs one of many past nights, unless it was published before.
   *
   * @param isLast whether people are told about it
   */
  NightResult backfill(LocalDate asOf, boolean isLast) {
    return run("backfill", isLast, job -> job.backfill(asOf));
  }

  /** Work of a night. */
  private interface Work {
    NightResult of(NightJob job) throws IOException;
  }

  private NightResult run(String command, boolean isTold, Work work) {
    try {
      return run(new RunRecord(command, Clock.SYSTEM.instant()), isTold, work);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private NightResult run(RunRecord record, boolean isTold, Work work) throws IOException {
    long start = System.nanoTime();
    try {
      NightResult night = work.of(job(record));
      NightResult result = night.isNew() ? told(night, isTold) : night;
      String status = result.isNew() ? "published" : "unchanged";
      write(record, new End(status, exitCode(result), message(result), seconds(start)));
      console.night(result);
      return result;
    } catch (Throwable failure) {
      // Throwable, because Spark throws checked exceptions that it does not declare.
      write(record, end(failure, start));
      throw failure;
    }
  }

  /** Tells others of a night; that it failed is a warning. */
  private NightResult told(NightResult night, boolean areFindingsTold) {
    NightResult result = night;
    Optional<String> unsent = areFindingsTold ? unsentFindings(night) : Optional.empty();
    for (String warning : Stream.of(unsent, unreported(night)).flatMap(Optional::stream).toList()) {
      LOG.warn("{}", warning);
      result = result.with(warning);
    }
    return result;
  }

  /** Sends the findings of a night to those who want them; the result says why that failed. */
  private Optional<String> unsentFindings(NightResult night) {
    return notification()
        .flatMap(NotificationSettings::webhook)
        .flatMap(address -> Webhook.at(address).send(notice(night)))
        .map(
            reason ->
                "The findings of night %s were not sent: %s. The night is published; check notify.webhook."
                    .formatted(night.run().asOf(), reason));
  }

  /** Reports a night to OpenLineage; the result says why that failed. */
  private Optional<String> unreported(NightResult night) {
    return notification()
        .flatMap(NotificationSettings::openLineage)
        .flatMap(
            namespace ->
                new LineageReport(plan, spark.sparkContext().hadoopConfiguration(), namespace)
                    .send(night));
  }

  private Optional<NotificationSettings> notification() {
    return plan.settings().notification();
  }

  private String notice(NightResult night) {
    return new NightNotice(plan.settings(), night.facts()).json();
  }

  /** What became of a night, and what could not be done after its commit. */
  private static String message(NightResult result) {
    return Stream.concat(Stream.of(headline(result)), result.unfinished().stream())
        .collect(joining(" "));
  }

  private NightJob job(RunRecord record) {
    return new NightJob(
        spark,
        plan,
        new ReportedProgress(console.progress(), console::note, record, System::nanoTime),
        record,
        Clock.SYSTEM);
  }

  private void write(RunRecord record, End end) {
    new RunRecords(plan.settings(), spark.sparkContext().hadoopConfiguration(), console)
        .write(record.report(end));
  }

  /** The exit code of a published night. */
  ExitCode exitCode(NightResult result) {
    return failOnWarn && result.hasWarnings() ? ExitCode.WARNED : ExitCode.PUBLISHED;
  }

  /** Prints the summary of a night. */
  void show(NightResult result) {
    if (result.isNew()) {
      SwitchedOff.lines(plan).forEach(console::note);
    }
    warn(result);
    result.remarks().forEach(remark -> console.print(remark.en()));
    console.print(result.isLive() ? AnsiColor.GOOD : AnsiColor.WARNING, headline(result));
    summary(result).show(console);
  }

  private NightSummary summary(NightResult result) {
    NightSummary summary =
        new NightSummary(result, plan.settings().output().report())
            .line("Tables", folder(result) + "/<table>/*.parquet");
    return plan.settings().output().report().isPresent()
        ? summary.line("Report", report(result))
        : summary;
  }

  /** The location of a night's report. */
  String report(NightResult result) {
    return folder(result) + "/" + HtmlReport.FILE;
  }

  /** Prints the warnings of a night's checks, and what could not be done after its commit. */
  void warn(NightResult result) {
    result.checks().stream()
        .filter(CheckResult::isWarning)
        .forEach(check -> console.warn("Warning, " + check.check() + ": " + check.message().en()));
    result.unfinished().forEach(warning -> console.warn("Warning: " + warning));
  }

  static String headline(NightResult result) {
    if (result.isOutlived()) {
      return "Night %s was published before, run %s; its tables are beyond retention."
          .formatted(result.run().asOf(), result.run().id());
    }

    String state = result.isLive() ? "live" : "kept; a later night is live";
    return "Night %s is %s%s: run %s."
        .formatted(
            result.run().asOf(), result.isNew() ? "" : "unchanged and ", state, result.run().id());
  }

  private String folder(NightResult result) {
    return "%s/%s".formatted(plan.settings().output().path(), result.path());
  }

  private End end(Throwable failure, long start) {
    Optional<KaratException> explained = Failures.explain(failure);
    ExitCode exitCode = explained.map(KaratException::exitCode).orElse(ExitCode.UNEXPECTED);
    String message =
        String.valueOf(explained.map(Throwable::getMessage).orElse(failure.toString()));
    return new End("failed", exitCode, message, seconds(start));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / NANOSECONDS;
  }
}
