package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.night.PublishedIndex;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.ReleaseAudit;
import io.karat.publishing.Repair;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code repair}: says what is damaged in the output folder, and mends it on request. */
@picocli.CommandLine.Command(
    name = "repair",
    description = "Says what is damaged in the output folder, and mends it with --yes.",
    footer = {
      Command.EXAMPLES,
      "  karat repair --config conf/karat.yaml",
      "  karat repair --yes --config conf/karat.yaml"
    })
final class RepairCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Option(names = "--yes", description = "Mends what can be mended. Nothing is deleted.")
  private boolean mends;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat repair", plan.settings().timeZone(), options)) {
      OutputFolder output = session.output(plan.settings());
      repair(output, new ReleaseAudit(session.spark(), output), mends, console);
      if (mends) {
        new PublishedIndex(plan, output)
            .write()
            .ifPresent(stale -> console.warn("Warning: " + stale));
      }
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void repair(OutputFolder output, ReleaseAudit audit, boolean mends, Console console)
      throws IOException {
    List<Repair.Damage> found =
        mends ? output.telling(console::note).repair(audit) : output.damages(audit);
    found.forEach(damage -> console.print("%s %s".formatted(damage.what(), damage.mend())));
    if (found.isEmpty()) {
      console.print("Nothing is damaged.");
    } else {
      console.print(
          mends
              ? "Repaired."
              : "Nothing was changed. 'karat repair --yes' does what is said here.");
    }
  }
}
