package io.karat.cli;

import io.karat.dictionary.Dictionary;
import io.karat.dictionary.DictionaryExtract;
import io.karat.night.NightPlan;
import io.karat.run.ExitCode;
import io.karat.run.UsageException;
import io.karat.settings.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Command {@code dictionary}: prints the meaning of every input, table, column, indicator and
 * function.
 */
@picocli.CommandLine.Command(
    name = "dictionary",
    description = "Prints every input, table, column, indicator and allowed function, as Markdown.",
    footer = {
      Command.EXAMPLES,
      "  karat dictionary recency_days",
      "  karat dictionary --language zh",
      "  karat dictionary --indicators --config conf/karat.yaml"
    })
final class DictionaryCommand implements Command {
  @Parameters(
      paramLabel = "WORD",
      arity = "0..1",
      description = "Only what this name or word is about, such as recency_days or tier.")
  private Optional<String> word = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Includes this configuration's own definitions and the columns that it publishes.")
  private Optional<String> file = Optional.empty();

  @Option(
      names = "--language",
      paramLabel = "en|zh",
      converter = LanguageOption.class,
      completionCandidates = LanguageOption.Names.class,
      description = "The language; by default that of the configuration, else en.")
  private Optional<Language> language = Optional.empty();

  @Option(names = "--inputs", description = "The inputs and their columns, which can be mapped.")
  private boolean inputs;

  @Option(names = "--tables", description = "The published tables and their columns.")
  private boolean tables;

  @Option(
      names = "--indicators",
      description = "The indicators, the measures, and the names that they may use.")
  private boolean indicators;

  @Option(names = "--functions", description = "The functions that expressions may use.")
  private boolean functions;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    Optional<NightPlan> plan = file.map(name -> ConfigurationOption.plan(name, options));
    Language chosen =
        language.or(() -> plan.map(it -> it.settings().language())).orElse(Language.EN);
    Dictionary dictionary =
        plan.map(it -> Dictionary.of(it, chosen)).orElseGet(() -> Dictionary.builtIn(chosen));
    String text = String.join("\n\n", parts(dictionary));
    console.printLines(word.map(it -> about(it, new DictionaryExtract(text))).orElse(text));
    return ExitCode.PUBLISHED;
  }

  private static String about(String word, DictionaryExtract extract) {
    return extract
        .about(word)
        .orElseThrow(
            () ->
                new UsageException(
                    "The dictionary has nothing about '%s'.%s"
                        .formatted(
                            word,
                            extract
                                .nearest(word)
                                .map(" Did you mean '%s'?"::formatted)
                                .orElse(" 'karat dictionary' prints all of it."))));
  }

  /** The parts that were asked for, or all. */
  private List<String> parts(Dictionary dictionary) {
    boolean isAll = !inputs && !tables && !indicators && !functions;
    List<String> parts = new ArrayList<>();
    if (isAll || inputs) {
      parts.add(dictionary.inputs().stripTrailing());
    }
    if (isAll || indicators) {
      parts.add(dictionary.indicators().stripTrailing());
    }
    if (isAll || tables) {
      parts.add(dictionary.tables().stripTrailing());
    }
    if (isAll || functions) {
      parts.add(dictionary.functions().stripTrailing());
    }
    return parts;
  }
}
