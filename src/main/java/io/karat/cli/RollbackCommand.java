package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.night.PublishedIndex;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publishers;
import io.karat.publishing.ReleaseAudit;
import io.karat.publishing.ReleaseCheck;
import io.karat.publishing.RunLock;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code rollback}: withdraws the live release and makes an earlier one live. */
@picocli.CommandLine.Command(
    name = "rollback",
    description =
        "Withdraws the live release and makes the one before it live again. Repeated, it does"
            + " nothing.",
    footer = {
      Command.EXAMPLE,
      "  karat rollback --config conf/karat.yaml",
      "  karat rollback --to 7efa8a6c2b0d4f19 --config conf/karat.yaml"
    })
final class RollbackCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--to",
      paramLabel = "RUN",
      description = "The release to go back to; those that were live since are withdrawn.")
  private Optional<String> to = Optional.empty();

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat rollback", plan.settings().timeZone(), options)) {
      OutputFolder output = session.output(plan.settings());
      rollback(
          output,
          to,
          new ReleaseAudit(session.spark(), output),
          plan.publishers(output, session.spark()),
          console);
      new PublishedIndex(plan, output)
          .write()
          .ifPresent(stale -> console.warn("Warning: " + stale));
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void rollback(
      OutputFolder output,
      Optional<String> to,
      ReleaseCheck check,
      Publishers publishers,
      Console console)
      throws IOException {
    try (RunLock lock = output.telling(console::note).lock("rollback")) {
      Commit before = output.head();
      Commit commit = output.rollBack(to, check, lock);
      output.follow().ifPresent(stale -> console.warn("Warning: " + stale));
      publishers.follow(commit, console.progress());
      console.print(
          commit.number() == before.number()
              ? "Nothing to do: night %s is live already, run %s. 'karat rollback --to RUN' goes back further; 'karat status' lists the releases."
                  .formatted(commit.liveAsOf(), commit.live())
              : "Release %s is withdrawn. Night %s is live again: run %s."
                  .formatted(before.live(), commit.liveAsOf(), commit.live()));
    }
  }
}
