package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.publishing.OutputFolder;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Mixin;

/** Command {@code unlock}: removes a stale lock; a live lock stays. */
@picocli.CommandLine.Command(
    name = "unlock",
    description =
        "Removes the lock of a command that no longer runs, after looking for a minute whether it"
            + " moves.",
    footer = {Command.EXAMPLE, "  karat unlock --config conf/karat.yaml"})
final class UnlockCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat unlock", plan.settings().timeZone(), options)) {
      unlock(session.output(plan.settings()), console);
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void unlock(OutputFolder output, Console console) throws IOException {
    console.print(
        output
            .telling(console::note)
            .unlock()
            .map("Removed the lock of %s."::formatted)
            .orElse("No lock is held."));
  }
}
