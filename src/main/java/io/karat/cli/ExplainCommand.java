package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import io.karat.night.NightPlan;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.run.AsOf;
import io.karat.run.ExitCode;
import io.karat.settings.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code explain}: shows the derivation of one customer's numbers. */
@picocli.CommandLine.Command(
    name = "explain",
    description = "Shows one customer's rows, indicators and the measures behind them.",
    footer = {
      Command.EXAMPLES,
      "  karat explain --config conf/karat.yaml --customer C0000042",
      "  karat explain --config conf/karat.yaml --customer C0000042 --as-of 2026-03-01 --language"
          + " zh"
    })
final class ExplainCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--customer",
      required = true,
      paramLabel = "ID",
      description = "The customer's id, or one of its aliases.")
  private String customer;

  @Option(
      names = "--as-of",
      paramLabel = "DAY",
      description = "The night; by default the live one, or yesterday if none is live.")
  private Optional<String> asOf = Optional.empty();

  @Option(
      names = "--language",
      paramLabel = "en|zh",
      converter = LanguageOption.class,
      completionCandidates = LanguageOption.Names.class,
      description = "The language of the explanation; by default that of the configuration.")
  private Optional<Language> language = Optional.empty();

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    Optional<LocalDate> day = asOf.map(text -> AsOf.parse("--as-of", text));
    NightPlan plan = configuration.plan(options);
    try (CommandSession session = CommandSession.open("karat explain", plan.settings(), options)) {
      OutputFolder output = session.output(plan.settings());
      LocalDate night = day.isPresent() ? day.get() : liveNight(plan, output);
      CustomerExplanation explanation =
          CustomerExplanation.of(plan, customer, night, output, session.spark());
      show(explanation, plan, language.orElse(plan.settings().language()), console);
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static LocalDate liveNight(NightPlan plan, OutputFolder output) throws IOException {
    Commit head = output.head();
    return head.isNone() ? Clock.yesterday(plan.settings().timeZone()) : head.liveAsOf();
  }

  /**
   * Prints every section that is not empty, separated by empty lines: where the customer stands and
   * why, then the rows and figures behind it.
   */
  static void show(
      CustomerExplanation explanation, NightPlan plan, Language language, Console console) {
    CustomerFigures figures = new CustomerFigures(language, plan.settings().currency());
    List<ExplainSection> sections =
        List.of(
            new ExplainedCustomerSection(language),
            new ScoresSection(language),
            new ExplainedSegmentSection(language),
            new ExplainedPredictionSection(language),
            new ExplainedLifetimeSection(language),
            new PublishedFiguresSection(language),
            new RowsSection(language),
            new IndicatorsSection(language, figures),
            new MeasuresSection(language, figures),
            new PublishedSection(language, figures));
    boolean isFirst = true;
    for (ExplainSection section : sections) {
      List<String> lines = section.lines(explanation);
      if (!isFirst && !lines.isEmpty()) {
        console.print("");
      }
      lines.forEach(console::print);
      isFirst = false;
    }
  }
}
