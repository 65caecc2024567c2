package io.karat.cli;

import io.karat.dictionary.CompletedIndicators;
import io.karat.run.ExitCode;
import io.karat.settings.ConfigurationSchema;

/** Command {@code schema}: prints the JSON Schema of the configuration, for editors. */
@picocli.CommandLine.Command(
    name = "schema",
    description = "Prints the JSON Schema of the configuration.",
    footer = {Command.EXAMPLE, "  karat schema > karat.schema.json"})
final class SchemaCommand implements Command {
  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    console.printLines(ConfigurationSchema.json(CompletedIndicators.described()).stripTrailing());
    return ExitCode.PUBLISHED;
  }
}
