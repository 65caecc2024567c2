package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.StateFolder;
import io.karat.publishing.Status;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code status}: shows the releases, the unfinished runs, and the holder of the lock. */
@picocli.CommandLine.Command(
    name = "status",
    description = "Lists releases, accepted models, unfinished runs and the lock.",
    footer = {
      Command.EXAMPLES,
      "  karat status --config conf/karat.yaml",
      "  karat status --config conf/karat.yaml --tables"
    })
final class StatusCommand implements Command {
  private static final int MOST_NAMES = 10;

  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--tables",
      description = "Also lists the tables that readers see, with their rows and content hashes.")
  private boolean hasTables;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat status", plan.settings().timeZone(), options)) {
      OutputFolder output = session.output(plan.settings());
      Status status = output.status();
      show(status, plan.settings().output().path(), console);
      Commit head = output.head();
      if (!head.isNone()) {
        Release live = head.release(head.live()).orElseThrow();
        console.print(kept(output.state(live)));
        if (hasTables) {
          showTables(live, console);
        }
      }
      plan.publishers(output, session.spark())
          .all()
          .forEach(publisher -> console.print(publisher.state(status)));
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void show(Status status, String path, Console console) {
    if (status.releases().isEmpty()) {
      console.print("Nothing is published in '%s' yet.".formatted(path));
    } else {
      ConsoleTable releases = new ConsoleTable("night", "run", "state", "customers", "published");
      status
          .releases()
          .forEach(
              line ->
                  releases.row(
                      line.asOf().toString(),
                      line.runId(),
                      state(line),
                      line.customers(),
                      ConsoleNumbers.text(line.writtenAt())));
      console.print(releases);
    }
    status.models().forEach((kind, id) -> console.print("Accepted: %s %s.".formatted(kind, id)));
    status.uncommitted().forEach(line -> console.print(staged(line)));
    if (!status.strangers().isEmpty()) {
      console.print("Not Karat's, and passed over: %s.".formatted(listed(status.strangers())));
    }
    console.print(
        status
            .lock()
            .map(
                lock ->
                    lock.ended()
                        ? "Stale lock of %s: that process has ended."
                            .formatted(lock.lease().words())
                        : "Locked by %s, heartbeat %s."
                            .formatted(lock.lease().words(), lock.lease().heartbeat()))
            .orElse("No lock is held."));
  }

  /** What a night keeps for the next one, in words. */
  static String kept(StateFolder state) throws IOException {
    return state.manifest().isPresent()
        ? "The next night goes on from the days of customers that this one kept, %s bytes."
            .formatted(
                ConsoleNumbers.text(
                    state.files().values().stream().mapToLong(Long::longValue).sum()))
        : "The next night reads all inputs whole, as the live one kept no state.";
  }

  private static String staged(Status.StagedLine line) {
    if (line.awaited()) {
      return "Run %s is staged and complete: 'karat publish %s' finishes it."
          .formatted(line.runId(), line.runId());
    }
    return "Run %s is staged and %s: %s. The next published night removes it."
        .formatted(line.runId(), line.complete() ? "was overtaken" : "not complete", line.folder());
  }

  private static String listed(List<String> names) {
    return names.size() <= MOST_NAMES
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, MOST_NAMES)), names.size() - MOST_NAMES);
  }

  static void showTables(Release release, Console console) {
    ConsoleTable tables = new ConsoleTable("table", "rows", "content hash");
    release
        .tables()
        .forEach((name, table) -> tables.row(name, table.rows(), table.contentHash().orElse("")));
    console.print(tables);
  }

  private static String state(Status.ReleaseLine line) {
    if (line.live()) {
      return "live";
    }
    if (line.withdrawn()) {
      return "withdrawn";
    }
    return line.retained() ? "kept" : "deleted by retention";
  }
}
