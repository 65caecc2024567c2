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
 * How a night ended.
 *
 * @param isNew whether a release was made; not where the same run was published before
 * @param isLive whether readers see this run now
 * @param tables what it published
 * @param models what its tables were made with, by kind of model
 * @param checks what was checked; empty where nothing was made
 * @param remarks what people should know of its tables, such as the nights they look back to; empty
 *     where nothing was made
 * @param figures the night in a few numbers; none where a night that is unchanged does not know
 *     them
 * @param balance what became of the input; none where nothing was made
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
