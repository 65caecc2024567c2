package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.PublishedAnswer;
import io.karat.night.ConfiguredOutput;
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
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
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
    Language spoken = language.orElse(plan.settings().language());
    CompletableFuture<Void> answered =
        CompletableFuture.runAsync(() -> answer(plan, day, spoken, console))
            // The explanation reads the same tables, and says what is wrong with them.
            .exceptionally(failed -> null);
    try (CommandSession session = CommandSession.open("karat explain", plan.settings(), options)) {
      OutputFolder output = session.output(plan.settings());
      LocalDate night = day.isPresent() ? day.get() : liveNight(plan, output);
      CustomerExplanation explanation =
          CustomerExplanation.of(plan, customer, night, output, session.spark());
      answered.join();
      show(explanation, plan, spoken, console);
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Prints what was published of the customer, while Spark starts. */
  private void answer(NightPlan plan, Optional<LocalDate> night, Language spoken, Console console) {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    try {
      OutputFolder output = ConfiguredOutput.open(plan.settings().output(), hadoop, Clock.SYSTEM);
      PublishedAnswer.of(plan, customer, night, output, hadoop)
          .ifPresent(
              it -> {
                new PublishedAnswerSection(spoken, plan).lines(it).forEach(console::print);
                console.print("");
              });
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
            new ExplainedCustomerSection(language, plan.settings().currency()),
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
