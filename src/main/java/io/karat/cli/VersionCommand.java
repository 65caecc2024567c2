package io.karat.cli;

import io.karat.run.ExitCode;

/** Command {@code version}: prints the versions. */
@picocli.CommandLine.Command(
    name = "version",
    description = "Prints the versions of Karat, Spark and Java.",
    footer = {Command.EXAMPLE, "  karat version"})
final class VersionCommand implements Command {
  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    console.print(Version.text());
    return ExitCode.PUBLISHED;
  }
}
