package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publishers;
import io.karat.publishing.RunLock;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Mixin;

/** Command {@code rollback}: withdraws the live release and makes the one before live. */
@picocli.CommandLine.Command(
    name = "rollback",
    description = "Withdraws the live release and makes the one before it live again.",
    footer = {Command.EXAMPLE, "  karat rollback --config conf/karat.yaml"})
final class RollbackCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat rollback", plan.settings().timeZone(), options)) {
      OutputFolder output = session.output(plan.settings());
      rollback(output, plan.publishers(output, session.spark()), console);
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void rollback(OutputFolder output, Publishers publishers, Console console)
      throws IOException {
    String before = output.head().live();
    try (RunLock lock = output.lock("rollback")) {
      Commit commit = output.rollBack(lock);
      publishers.follow(commit, console.progress());
      console.print(
          "Release %s is withdrawn. Night %s is live again: run %s."
              .formatted(before, commit.liveAsOf(), commit.live()));
    }
  }
}
