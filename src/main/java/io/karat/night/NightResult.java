package io.karat.night;

import io.karat.input.InputBalance;
import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import io.karat.quality.CheckResult;
import io.karat.report.NightFigures;
import io.karat.run.Run;
import io.karat.settings.BilingualText;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Result of a night that ended with its tables published or unchanged.
 *
 * @param isNew whether a release was made; false if the same run was published before
 * @param isLive whether readers see this run now
 * @param tables the published tables, by name
 * @param models the models with which its tables were made, by kind
 * @param checks the results of the checks; empty if no release was made
 * @param remarks notes for the readers of the tables, such as the nights compared; empty if no
 *     release was made
 * @param figures the figures of the night; empty if the report of an unchanged night lacks them
 * @param balance the balance of transactions; empty if no release was made
 */
public record NightResult(
    Run run,
    boolean isNew,
    boolean isLive,
    SortedMap<String, Release.Table> tables,
    SortedMap<String, UsedModel> models,
    List<CheckResult> checks,
    List<BilingualText> remarks,
    Optional<NightFigures> figures,
    Optional<InputBalance> balance) {
  public NightResult {
    tables = new TreeMap<>(tables);
    models = new TreeMap<>(models);
    checks = List.copyOf(checks);
    remarks = List.copyOf(remarks);
  }

  public boolean hasWarnings() {
    return checks.stream().anyMatch(CheckResult::isWarning);
  }
}
