package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.night.NightPreview;
import io.karat.night.PublishedTables;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publishers;
import io.karat.run.AsOf;
import io.karat.run.ExitCode;
import io.karat.settings.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code plan}: shows the inputs and outputs of a run without running it. */
@picocli.CommandLine.Command(
    name = "plan",
    description = "Shows what a run would read, build on and write; changes nothing.",
    footer = {
      Command.EXAMPLES,
      "  karat plan --config conf/karat.yaml",
      "  karat plan --config conf/karat.yaml --as-of 2026-03-01"
    })
final class PlanCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--as-of",
      paramLabel = "DAY",
      description = "The last day whose events count; yesterday by default.")
  private Optional<String> asOf = Optional.empty();

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    Optional<LocalDate> day = asOf.map(text -> AsOf.parse("--as-of", text));
    NightPlan plan = configuration.plan(options);
    LocalDate night = day.orElseGet(() -> Clock.yesterday(plan.settings().timeZone()));
    try (CommandSession session = CommandSession.open("karat plan", plan.settings(), options)) {
      OutputFolder output = session.output(plan.settings());
      NightPreview preview = NightPreview.of(plan, night, output, session.spark());
      show(plan, preview, console);
      Publishers publishers = plan.publishers(output, session.spark());
      publishers.requireReady();
      publishers
          .all()
          .forEach(
              it ->
                  console.print(
                      "Copies   the live release to %s: %s.".formatted(it.name(), it.place())));
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void show(NightPlan plan, NightPreview preview, Console console) {
    if (preview.isWhole()) {
      console.print("Nothing of an earlier night is reused: every input is read whole.");
    }
    console.print(
        "Night %s is run %s: %s."
            .formatted(
                preview.run().asOf(),
                preview.run().id(),
                preview.isUnchanged() ? "published already, nothing to do" : "new"));
    preview
        .sources()
        .forEach(
            source ->
                console.print(
                    "Reads    %s: %s, %s bytes%s%s."
                        .formatted(
                            source.table().tableName(),
                            source
                                .content()
                                .state()
                                .orElseGet(() -> ConsoleNumbers.text(source.files(), "file")),
                            ConsoleNumbers.text(source.bytes()),
                            source.source().day().map(day -> ", of " + day).orElse(""),
                            preview.reading().getOrDefault(source.table().tableName(), ""))));
    console.print(
        "Builds   "
            + preview
                .before()
                .map(release -> "on night %s, run %s.".formatted(release.asOf(), release.runId()))
                .orElse("on no earlier night."));
    preview
        .models()
        .forEach(
            (kind, id) ->
                console.print(
                    "Uses     model %s %s; it stays in use until another model is accepted."
                        .formatted(kind, id)));
    List<Window> windows = plan.settings().indicators().windows();
    long further =
        plan.indicators().columns().stream()
            .filter(column -> column.window().filter(it -> !windows.contains(it)).isPresent())
            .count();
    console.print(
        "Computes %d indicator columns over windows %s%s."
            .formatted(
                plan.indicators().columns().size(),
                windows.stream().map(Window::suffix).toList(),
                further == 0
                    ? ""
                    : ", %d of them over other windows for models".formatted(further)));
    SwitchedOff.lines(plan).forEach(line -> console.print("More     " + line));
    console.print(
        "Writes   %s to %s/releases/%s."
            .formatted(
                String.join(", ", PublishedTables.names(plan)),
                plan.settings().output().path(),
                preview.run().id()));
    console.print(
        preview.goesLive()
            ? "Goes live when it is committed."
            : "Becomes a release, but a later night stays live without --make-live.");
  }
}
