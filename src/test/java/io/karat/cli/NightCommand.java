package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.night.NightResult;
import io.karat.night.ToyFirm;
import io.karat.run.ExitCode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Command that runs one night as {@link RunCommand} does, in the session that the tests share. */
@picocli.CommandLine.Command(name = "night")
final class NightCommand implements Command {
  private final ToyFirm firm;

  @Option(names = "--as-of", required = true)
  private String asOf;

  @Option(names = "--by-variable")
  private boolean isByVariable;

  @Option(names = "--backfill")
  private boolean isBackfill;

  @Option(names = "--last")
  private boolean isLast;

  @Option(names = "--fail-on-warn")
  private boolean failOnWarn;

  NightCommand(ToyFirm firm) {
    this.firm = firm;
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    List<String> sets =
        options.settings().entrySet().stream()
            .map(set -> set.getKey() + "=" + set.getValue())
            .toList();
    Map<String, String> environment =
        options.secrets().watching(Map.of("PLACE", firm.folder().toString()));
    NightPlan plan =
        isByVariable
            ? firm.planByVariable(environment, sets.toArray(String[]::new))
            : firm.plan(sets.toArray(String[]::new));
    NightRunner nights = new NightRunner(plan, firm.spark(), console, failOnWarn);
    LocalDate night = LocalDate.parse(asOf);
    if (isBackfill) {
      console.print(NightRunner.headline(nights.backfill(night, isLast)));
    } else {
      NightResult result = nights.run("run", night, false);
      nights.show(result);
      return nights.exitCode(result);
    }
    return ExitCode.PUBLISHED;
  }
}
