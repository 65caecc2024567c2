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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Command {@code publish}: finishes a run that was cut off, or makes an existing release live. */
@picocli.CommandLine.Command(
    name = "publish",
    description = "Finishes a staged run, or makes an earlier or withdrawn release live.",
    footer = {Command.EXAMPLE, "  karat publish 3f9c0a1b2c3d4e5f --config conf/karat.yaml"})
final class PublishCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Parameters(paramLabel = "RUN", description = "The id of the run, as 'karat status' shows it.")
  private String run;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat publish", plan.settings().timeZone(), options)) {
      OutputFolder output = session.output(plan.settings());
      publish(
          run,
          output,
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

  static void publish(
      String run, OutputFolder output, ReleaseCheck check, Publishers publishers, Console console)
      throws IOException {
    try (RunLock lock = output.telling(console::note).lock("publish " + run)) {
      Commit commit = output.publish(run, check, lock);
      output.published().confirm(commit).ifPresent(stale -> console.warn("Warning: " + stale));
      publishers.follow(commit, console.progress());
      console.print(
          "Run %s is published. Night %s is live: run %s."
              .formatted(run, commit.liveAsOf(), commit.live()));
    }
  }
}
