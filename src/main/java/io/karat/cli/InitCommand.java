package io.karat.cli;

import io.karat.draft.ConfigurationDraft;
import io.karat.draft.DraftText;
import io.karat.night.NightPlan;
import io.karat.run.ExitCode;
import io.karat.run.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Command {@code init}: looks at the tables in a folder and writes a commented configuration, with
 * the reason for each guess.
 */
@picocli.CommandLine.Command(
    name = "init",
    description =
        "Looks at data, writes a commented configuration with its reasons, and checks it.",
    footer = {
      Command.EXAMPLES,
      "  karat init data",
      "  karat init data --map customer_id=master_id --output shop.yaml"
    })
final class InitCommand implements Command {
  @Parameters(paramLabel = "DATA", description = "The folder with the tables, or one file.")
  private String data;

  @Option(
      names = "--map",
      paramLabel = "COLUMN=SQL",
      description =
          "Says what one of Karat's columns is, such as customer_id=client or"
              + " payments.amount=paid/100; may be given several times.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The configuration to write; karat.yaml by default.")
  private Path output = Path.of("karat.yaml");

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    if (Files.exists(output)) {
      throw new UsageException(
          "File '%s' exists already: expected a new one for the draft. Remove it, or give --output."
              .formatted(output));
    }

    Optional<LocalDate> lastDay = write(options, console);
    NightPlan plan = ConfigurationOption.plan(output.toString(), options);
    ValidateCommand.validate(
        plan,
        lastDay.orElseGet(() -> Clock.yesterday(plan.settings().timeZone())),
        options,
        console);
    console.print(
        "Next: look at the lines of '%s' with %s, then scripts/karat run --config %s%s"
            .formatted(
                output, DraftText.CHECK, output, lastDay.map(day -> " --as-of " + day).orElse("")));
    return ExitCode.PUBLISHED;
  }

  /** Writes the draft; returns the last day of the data. */
  private Optional<LocalDate> write(GlobalOptions options, Console console) {
    try (CommandSession session = CommandSession.open("karat init", ZoneOffset.UTC, options)) {
      Path folder = output.toAbsolutePath().normalize().resolveSibling("");
      ConfigurationDraft draft =
          ConfigurationDraft.of(data, folder.resolve(DraftText.OUTPUT), given, session.spark());
      draft.lines().forEach(line -> console.print("Found " + line + "."));
      draft.passedOver().forEach(line -> console.print("Passed over " + line + "."));
      Files.createDirectories(folder);
      Files.writeString(output, new DraftText(draft, name(), path -> place(path, folder)).yaml());
      console.print("Written: %s".formatted(output));
      return draft.lastDay();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** The name of the folder, as the name of the business. */
  private String name() {
    String last = data.replaceFirst("/+$", "").replaceFirst("^.*/", "").replaceFirst("\\..*$", "");
    return last.isEmpty() ? "business" : last;
  }

  /** Relative to the configuration, where the data was given relative to this folder. */
  private static String place(String path, Path folder) {
    return path.startsWith("/") || path.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")
        ? path
        : folder.relativize(Path.of(path).toAbsolutePath().normalize()).toString();
  }
}
