package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.ReleaseAudit;
import io.karat.publishing.StateFolder;
import io.karat.run.ExitCode;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import io.karat.state.NightState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command {@code verify}: reads published tables back and compares rows and content hashes. */
@picocli.CommandLine.Command(
    name = "verify",
    description = "Reads published tables back, and compares their rows and content hashes.",
    footer = {
      Command.EXAMPLES,
      "  karat verify --config conf/karat.yaml",
      "  karat verify 3f9c0a1b2c3d4e5f --config conf/karat.yaml",
      "  karat verify --all --config conf/karat.yaml"
    })
final class VerifyCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "The run whose release is read; by default the live one.")
  private Optional<String> run = Optional.empty();

  @Option(names = "--all", description = "Reads every release whose files are kept.")
  private boolean isAll;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat verify", plan.settings().timeZone(), options)) {
      OutputFolder output = session.output(plan.settings());
      List<Release> releases = releases(output);
      verify(releases, new ReleaseAudit(session.spark(), output), console);
      for (Release release : releases) {
        warnOfState(output, release, console);
      }
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** A damaged state makes the next night longer, not wrong. */
  static void warnOfState(OutputFolder output, Release release, Console console)
      throws IOException {
    StateFolder state = output.state(release);
    Optional<String> manifest = state.manifest();
    if (manifest.isPresent() && !NightState.isWhole(manifest.get(), state.files())) {
      console.warn(
          "The state of run %s is damaged: the night after %s reads all inputs whole."
              .formatted(release.runId(), release.asOf()));
    }
  }

  private List<Release> releases(OutputFolder output) throws IOException {
    if (run.isPresent() && isAll) {
      throw new UsageException(
          "--all reads every release: leave out RUN '%s'.".formatted(run.get()));
    }
    if (output.head().isNone()) {
      throw new UsageException("Nothing is published yet. Run karat run to publish a night.");
    }
    if (isAll) {
      return output.head().releases().stream().filter(Release::retained).toList();
    }

    String wanted = run.orElse(output.head().live());
    return List.of(
        output
            .head()
            .release(wanted)
            .filter(Release::retained)
            .orElseThrow(
                () ->
                    new UsageException(
                        "No release '%s' is kept. 'karat status' lists the releases."
                            .formatted(wanted))));
  }

  static void verify(List<Release> releases, ReleaseAudit audit, Console console)
      throws IOException {
    ConsoleTable table = new ConsoleTable("night", "run", "table", "rows", "result");
    long damaged = 0;
    for (Release release : releases) {
      for (ReleaseAudit.Finding finding : audit.of(release)) {
        damaged += finding.damage().isPresent() ? 1 : 0;
        table.row(
            release.asOf().toString(),
            release.runId(),
            finding.table(),
            finding.rows(),
            finding.damage().orElse("as published"));
      }
    }
    console.print(table);
    if (damaged > 0) {
      throw new RefusedException(
          "%s damaged. Restore the files from a backup, or run 'karat repair'."
              .formatted(ConsoleNumbers.text(damaged, "table") + (damaged == 1 ? " is" : " are")));
    }
    console.print("Every table is as it was published.");
  }
}
