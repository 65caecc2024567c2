package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.night.NightPlan;
import io.karat.night.PublishedReport;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.run.ExitCode;
import io.karat.settings.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Command {@code report}: renders the report of a published night again, for example in another
 * language.
 */
@picocli.CommandLine.Command(
    name = "report",
    description = "Creates the HTML report of a published night again.",
    footer = {
      Command.EXAMPLE,
      "  karat report --config conf/karat.yaml --language zh --output report.zh.html"
    })
final class ReportCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Option(names = "--run", paramLabel = "RUN", description = "The run; by default the live one.")
  private Optional<String> run = Optional.empty();

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      converter = LanguageOption.class,
      description = "The language, en or zh; by default that of the configuration.")
  private Optional<Language> language = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The file to write; report.html by default.")
  private Path output = Path.of("report.html");

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat report", plan.settings().timeZone(), options)) {
      OutputFolder folder = session.output(plan.settings());
      PublishedReport report = new PublishedReport(session.spark(), plan, folder);
      Release release = report.release(run);
      String page = report.page(release, language.orElse(plan.settings().language()));
      Path file = output.toAbsolutePath();
      Files.createDirectories(file.resolveSibling(""));
      if (!Files.exists(file)) {
        Files.createFile(file, plan.settings().output().umask().forFiles());
      }
      Files.writeString(file, page, UTF_8);
      console.print(
          "The report of night %s, run %s: %s".formatted(release.asOf(), release.runId(), output));
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
