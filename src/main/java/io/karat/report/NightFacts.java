package io.karat.report;

import io.karat.input.InputBalance;
import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import io.karat.quality.CheckResult;
import io.karat.run.Run;
import io.karat.settings.BilingualText;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Facts of a night, as far as it has come; empty for what it has not reached.
 *
 * @param inputs the inputs that were read, transactions first
 * @param switchedOff the indicators and parts of models that are off
 * @param checks the results of all checks
 * @param remarks remarks for the readers of the tables
 * @param findings what changed and what is at stake, the largest amount first
 * @param tables the written tables by name
 * @param models the models with which they were made, by kind
 */
public record NightFacts(
    Optional<Run> run,
    List<Input> inputs,
    Optional<SwitchedOff> switchedOff,
    List<CheckResult> checks,
    List<BilingualText> remarks,
    Optional<NightFigures> figures,
    List<Finding> findings,
    SortedMap<String, Release.Table> tables,
    SortedMap<String, UsedModel> models) {
  /** Facts of a run that has not begun its night. */
  public static final NightFacts NONE =
      new NightFacts(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          List.of(),
          new TreeMap<>(),
          new TreeMap<>());

  public NightFacts {
    inputs = List.copyOf(inputs);
    checks = List.copyOf(checks);
    remarks = List.copyOf(remarks);
    findings = List.copyOf(findings);
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  /**
   * Input with its rows by outcome.
   *
   * @param state what was read of a table or database, such as its version; empty for plain files
   * @param known the day for which a snapshot's rows are valid; empty for event tables
   * @param firstDay the first day with rows; empty for a snapshot
   * @param reading what was read of it, and what was known from the night before
   */
  public record Input(
      String name,
      long files,
      long bytes,
      Optional<String> state,
      Optional<String> known,
      Optional<LocalDate> firstDay,
      InputBalance balance,
      Reading reading) {}

  /**
   * Reading of an input.
   *
   * @param rowsReadNow the rows that the night read
   * @param rowsReused the other rows, of days that earlier nights put together
   * @param daysRebuilt the days that may have changed, and were built anew
   * @param whole why all was read, in words; empty if it always is, or was not
   */
  public record Reading(long rowsReadNow, long rowsReused, long daysRebuilt, String whole) {
    /** Words such as {@code 1,024 rows read now, 99,000 reused, 2 days rebuilt}. */
    public String inWords() {
      return rowsReused > 0
          ? "%,d rows read now, %,d reused, %,d %s rebuilt"
              .formatted(rowsReadNow, rowsReused, daysRebuilt, daysRebuilt == 1 ? "day" : "days")
          : "all read" + (whole.isEmpty() ? "" : ", as " + whole);
    }
  }

  /**
   * Indicators and parts of default models that are off, by name.
   *
   * @param indicators the inputs that each needs and that are not mapped
   * @param models the reasons
   */
  public record SwitchedOff(
      SortedMap<String, String> indicators, SortedMap<String, String> models) {
    public SwitchedOff {
      indicators = Collections.unmodifiableSortedMap(new TreeMap<>(indicators));
      models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    }
  }

  public NightFacts ofRun(Run found) {
    return new NightFacts(
        Optional.of(found),
        inputs,
        switchedOff,
        checks,
        remarks,
        figures,
        findings,
        tables,
        models);
  }

  public NightFacts withInputs(List<Input> read, SwitchedOff off) {
    return new NightFacts(
        run, read, Optional.of(off), checks, remarks, figures, findings, tables, models);
  }

  public NightFacts withChecks(List<CheckResult> results) {
    return new NightFacts(
        run, inputs, switchedOff, results, remarks, figures, findings, tables, models);
  }

  public NightFacts withFigures(NightFigures found, List<BilingualText> said) {
    return new NightFacts(
        run, inputs, switchedOff, checks, said, Optional.of(found), findings, tables, models);
  }

  public NightFacts withTables(
      SortedMap<String, Release.Table> written, SortedMap<String, UsedModel> used) {
    return new NightFacts(
        run, inputs, switchedOff, checks, remarks, figures, findings, written, used);
  }

  public NightFacts withFigures(Optional<NightFigures> found) {
    return new NightFacts(
        run, inputs, switchedOff, checks, remarks, found, findings, tables, models);
  }

  public NightFacts withFindings(List<Finding> found) {
    return new NightFacts(
        run, inputs, switchedOff, checks, remarks, figures, found, tables, models);
  }
}
