package io.karat.cli;

import io.karat.Dictionary;
import io.karat.frame.AllowedFunctions;
import io.karat.run.ExitCode;
import io.karat.settings.Language;
import picocli.CommandLine.Option;

/** Explains every table, column and indicator in words. */
@picocli.CommandLine.Command(
    name = "dictionary",
    description = "Prints every table, column, indicator and allowed function, as Markdown.",
    footer = {Command.EXAMPLE, "  karat dictionary --language zh"})
final class DictionaryCommand implements Command {
  @Option(
      names = "--language",
      paramLabel = "en|zh",
      description = "The language of the explanations; en by default.")
  private Language language = Language.EN;

  @Option(names = "--functions", description = "Only the functions that expressions may use.")
  private boolean functions;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    if (functions) {
      AllowedFunctions.byTopic()
          .forEach((topic, names) -> console.print(topic + ": " + String.join(", ", names)));
    } else {
      console.print(Dictionary.indicators(language).stripTrailing());
      console.print("");
      console.print(Dictionary.tables(language).stripTrailing());
    }
    return ExitCode.PUBLISHED;
  }
}
