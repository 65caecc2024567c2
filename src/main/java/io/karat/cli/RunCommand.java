package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.night.NightResult;
import io.karat.run.AsOf;
import io.karat.run.ExitCode;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code run}: computes and publishes one night. */
@picocli.CommandLine.Command(
    name = "run",
    description = "Computes one night and publishes all its tables together.",
    footer = {
      Command.EXAMPLES,
      "  karat run --config conf/karat.yaml",
      "  karat run --config conf/karat.yaml --as-of 2026-03-01 --fail-on-warn",
      "  karat run --config conf/karat.yaml --as-of 20260301 --set output.path=/tmp/trial"
    })
final class RunCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--as-of",
      paramLabel = "DAY",
      description = "The last day whose events count; yesterday by default.")
  private Optional<String> asOf = Optional.empty();

  @Option(names = "--make-live", description = "Makes this night live even if a later one is live.")
  private boolean makeLive;

  @Option(
      names = "--full",
      description = "Reads all inputs whole, also where the night before left what is known.")
  private boolean full;

  @Option(names = "--fail-on-warn", description = "Ends with 7 if a check warned.")
  private boolean failOnWarn;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    Optional<LocalDate> day = asOf.map(text -> AsOf.parse("--as-of", text));
    NightPlan plan = configuration.reportedPlan("run", options, console);
    LocalDate night = day.orElseGet(() -> Clock.yesterday(plan.settings().timeZone()));
    try (CommandSession session =
        CommandSession.open("karat run " + night, plan.settings(), options)) {
      NightRunner nights = new NightRunner(plan, session.spark(), console, failOnWarn);
      NightResult result = nights.run("run", night, makeLive, full);
      nights.show(result);
      return nights.exitCode(result);
    }
  }
}
