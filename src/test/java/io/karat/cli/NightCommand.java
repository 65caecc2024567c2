package io.karat.cli;

import io.karat.night.ToyFirm;
import io.karat.run.ExitCode;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Option;

/** Command that runs one night as {@link RunCommand} does, in the session that the tests share. */
@picocli.CommandLine.Command(name = "night")
final class NightCommand implements Command {
  private final ToyFirm firm;

  @Option(names = "--as-of", required = true)
  private String asOf;

  NightCommand(ToyFirm firm) {
    this.firm = firm;
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    List<String> sets =
        options.settings().entrySet().stream()
            .map(set -> set.getKey() + "=" + set.getValue())
            .toList();
    NightRunner nights =
        new NightRunner(firm.plan(sets.toArray(String[]::new)), firm.spark(), console, false);
    nights.show(nights.run("run", LocalDate.parse(asOf), false));
    return ExitCode.PUBLISHED;
  }
}
