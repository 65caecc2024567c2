package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.publishing.Lease;
import io.karat.publishing.OutputFolder;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Command {@code unlock}: removes a stale lock; a live lock stays. */
@picocli.CommandLine.Command(
    name = "unlock",
    description = "Removes the stale lock of a command that no longer runs.",
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
    Optional<Lease> freed = output.unlock();
    console.print(
        freed
            .map(lease -> "Removed the stale lock of %s.".formatted(lease.words()))
            .orElse("No lock is held."));
  }
}
