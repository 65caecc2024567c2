package io.karat.night;

import io.karat.input.InputBalance;
import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import io.karat.quality.CheckResult;
import io.karat.report.Finding;
import io.karat.report.NightFacts;
import io.karat.report.NightFigures;
import io.karat.run.Run;
import io.karat.settings.BilingualText;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Result of a night that ended with its tables published or unchanged.
 *
 * @param facts the facts of the night; without inputs, checks and remarks if no release was made
 * @param path the folder of its release, within the output folder; empty if retention has deleted
 *     it
 * @param isNew whether a release was made; false if the same run was published before
 * @param isLive whether readers see this run now
 * @param unfinished what could not be done after the commit, such as updating a name for readers,
 *     in sentences
 */
public record NightResult(
    NightFacts facts, String path, boolean isNew, boolean isLive, List<String> unfinished) {
  public Run run() {
    return facts.run().orElseThrow();
  }

  /** The same result, with something else that could not be done after the commit. */
  public NightResult with(String warning) {
    return new NightResult(
        facts,
        path,
        isNew,
        isLive,
        Stream.concat(unfinished.stream(), Stream.of(warning)).toList());
  }

  /** Whether the night was published before, and retention has deleted its tables since. */
  public boolean isOutlived() {
    return path.isEmpty();
  }

  /** The published tables, by name. */
  public SortedMap<String, Release.Table> tables() {
    return facts.tables();
  }

  /** The models with which its tables were made, by kind. */
  public SortedMap<String, UsedModel> models() {
    return facts.models();
  }

  public List<CheckResult> checks() {
    return facts.checks();
  }

  /** Remarks for the readers of the tables, such as the nights compared. */
  public List<BilingualText> remarks() {
    return facts.remarks();
  }

  /** The key figures of the night; empty if the report of an unchanged night lacks them. */
  public Optional<NightFigures> figures() {
    return facts.figures();
  }

  /** What changed and what is at stake; empty if no release was made. */
  public List<Finding> findings() {
    return facts.findings();
  }

  /** The balance of the input that the night stands on; empty if no release was made. */
  public Optional<InputBalance> balance() {
    return facts.inputs().stream().map(NightFacts.Input::balance).findFirst();
  }

  public boolean hasWarnings() {
    return checks().stream().anyMatch(CheckResult::isWarning);
  }
}
