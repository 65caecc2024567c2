package io.karat.night;

import static java.util.Comparator.comparingLong;

import io.karat.models.Model;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunLock;
import io.karat.publishing.RunTables;
import io.karat.publishing.StagedRun;
import io.karat.quality.CheckResult;
import io.karat.report.AccountTables;
import io.karat.report.HtmlReport;
import io.karat.report.KeptFigures;
import io.karat.report.RunReport;
import io.karat.run.CodeFingerprint;
import io.karat.run.ExitCode;
import io.karat.run.Failpoint;
import io.karat.run.Fingerprint;
import io.karat.tables.ContentHash;
import io.karat.tables.TableContract;
import io.karat.tables.TableFiles;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publication of a night whose checks have passed: its last tables, the audit, the report and the
 * commit.
 *
 * @param history the content of customer_value_history
 * @param makeLive whether it goes live even if a later night is live
 */
record NightPublication(
    Night night, ReadInputs read, ScoredCustomers scored, ContentHash history, boolean makeLive) {
  private static final Logger LOG = LoggerFactory.getLogger(NightPublication.class);
  private static final String SMALL_TABLES = "small tables";
  private static final String AUDIT = "audit";
  private static final String REPORT = "report";
  private static final String COMMIT = "commit";

  NightResult publish(RunLock lock) throws IOException {
    writeSmallTables();
    SortedMap<String, Release.Table> tables = audit();
    night.job().record().update(facts -> facts.withTables(tables, night.staging().models()));
    writeReport();
    return commit(tables, lock);
  }

  /** Writes customers to look at, findings, dictionary, checks and runs. */
  private void writeSmallTables() throws IOException {
    night.begin(SMALL_TABLES);
    SmallTables small =
        new SmallTables(night.job().spark(), night.plan().settings().language(), night.run());
    NightTables tables = night.tables();
    writeAccounts(tables, night.firstDay(read.input()));
    tables.write(
        PublishedTables.DICTIONARY,
        small.dictionary(
            tables.contracts(scored.indicators()), night.plan().indicators().columns()));
    List<CheckResult> checks = night.job().record().facts().checks();
    List<CheckResult> all = new ArrayList<>(checks);
    all.addAll(night.checks(read.input()).balances());
    tables.write(PublishedTables.QUALITY_RESULTS, small.checks(all));
    TableFiles.write(
        small.runs(facts(), read.input(), checks, earlierRuns()),
        night.staging().table(PublishedTables.RUNS.name()));
    night.job().progress().done(SMALL_TABLES);
  }

  /** Writes the customers to look at, and the findings of the night. */
  private void writeAccounts(NightTables tables, Optional<LocalDate> firstDay) throws IOException {
    AccountTables.Rows accounts =
        new AccountTables(night.job().spark(), night.plan().settings(), night.plan().scores())
            .of(night.staging().tables(), night.run().asOf(), firstDay);
    tables.write(
        AccountTables.keyAccounts(night.plan().scores().money().scale()), accounts.keyAccounts());
    tables.write(AccountTables.FINDINGS, accounts.findings());
    night.job().record().update(facts -> facts.withFindings(accounts.found()));
  }

  private RunFacts facts() {
    return new RunFacts(
        night.job().record().startedAt(),
        night.job().clock().instant(),
        CodeFingerprint.ofRunningCode(),
        Fingerprint.of(List.of(night.plan().settings().canonical())),
        makeLive || !night.run().asOf().isBefore(night.head().liveAsOf()));
  }

  /** The longest table of runs: each release lists those that were published before it. */
  private Optional<String> earlierRuns() throws IOException {
    List<Release> longestFirst = new ArrayList<>(night.head().releases());
    longestFirst.sort(comparingLong(NightPublication::runs).reversed());
    for (Release release : longestFirst) {
      RunTables tables = night.output().tables(release);
      if (tables.has("runs")) {
        return Optional.of(tables.location("runs"));
      }
    }
    return Optional.empty();
  }

  private static long runs(Release release) {
    return Optional.ofNullable(release.tables().get("runs")).map(Release.Table::rows).orElse(0L);
  }

  /** Takes stock of every table: that its files are whole, their rows and content hash. */
  private SortedMap<String, Release.Table> audit() throws IOException {
    night.begin(AUDIT);
    NightTables written = night.tables();
    written.delete(List.of(Night.MEASURES, Night.MARKETS, NightScores.SCORED, NightGroups.MERGED));
    SortedMap<String, Release.Table> tables = new TreeMap<>();
    for (TableContract contract : written.contracts(scored.indicators())) {
      if (!contract.name().equals(PublishedTables.CUSTOMER_VALUE_HISTORY)) {
        tables.put(contract.name(), Release.Table.of(written.content(contract)));
      }
    }
    tables.computeIfPresent(
        PublishedTables.RUNS.name(),
        (name, runs) -> new Release.Table(runs.rows(), Optional.empty()));
    tables.put(PublishedTables.CUSTOMER_VALUE_HISTORY, Release.Table.of(history));
    tables.forEach((name, table) -> LOG.info("Table {}: {} rows", name, table.rows()));
    night.job().progress().done(AUDIT);
    Failpoint.reach("AFTER_AUDIT");
    return tables;
  }

  /** Writes the report for people from the written tables, if one is configured. */
  private void writeReport() throws IOException {
    if (night.plan().settings().output().report().isEmpty()) {
      return;
    }

    night.begin(REPORT);
    HtmlReport report =
        new HtmlReport(
            night.job().spark(),
            night.plan().settings(),
            night.plan().scores(),
            night.plan().settings().language());
    HtmlReport.Rendered rendered =
        report.of(
            night.staging().tables(),
            night.job().record().report().json(),
            read.lifetime().flatMap(NightLifetime::model).map(model -> model.model().text()),
            night.earlier().figures());
    night.staging().write(HtmlReport.FILE, rendered.page());
    if (rendered.customers().isPresent()) {
      night.staging().write(HtmlReport.CUSTOMERS, rendered.customers().get().iterator());
    }
    night.staging().keepWithHistory(KeptFigures.FILE, rendered.figures().json());
    night.job().progress().done(REPORT);
  }

  private NightResult commit(SortedMap<String, Release.Table> tables, RunLock lock)
      throws IOException {
    night.job().progress().stage(COMMIT);
    RunReport report =
        night
            .job()
            .record()
            .report(new RunReport.End("published", ExitCode.PUBLISHED, "Published.", 0));
    night.staging().write("run_report.json", report.json());
    StagedRun staged = night.staging().complete(tables, read.input().facts(), makeLive);
    Commit commit = night.output().commit(staged, lock);
    List<String> warnings = new ArrayList<>();
    night.output().published().confirm(commit).ifPresent(warnings::add);
    LOG.info(
        "Commit {}: run {} is published, run {} is live",
        commit.number(),
        night.run().id(),
        commit.live());
    for (Model candidate : night.models().candidates()) {
      keep(candidate, commit).ifPresent(warnings::add);
    }
    night.output().retain(lock);
    new PublishedIndex(night.plan(), night.output()).write().ifPresent(warnings::add);
    night.job().progress().done(COMMIT);
    return new NightResult(
        night.job().record().facts(),
        staged.path(),
        true,
        commit.live().equals(night.run().id()),
        warnings);
  }

  /** Keeps a model for people to accept; the result says why it could not be kept. */
  private Optional<String> keep(Model candidate, Commit commit) {
    try {
      night.output().models().keep(candidate, commit.release(night.run().id()).orElseThrow());
      return Optional.empty();
    } catch (IOException refused) {
      LOG.warn("Model {} is not kept", candidate.name(), refused);
      return Optional.of(
          "The night is published, but candidate %s could not be kept (%s). Correct the cause and run 'karat models fit'."
              .formatted(candidate.name(), OutputFolder.reason(refused)));
    }
  }
}
