package io.karat.cli;

import io.karat.run.AsOf;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Parser of command lines in help, documents and schedules, as Karat parses them. */
final class TypedCommands {
  private static final String DAY = "DAY";

  private TypedCommands() {}

  /** Every command, each before its subcommands. */
  static List<CommandLine> all() {
    List<CommandLine> all = new ArrayList<>();
    add(new Karat(Karat.commands()).line(), all);
    return all;
  }

  private static void add(CommandLine line, List<CommandLine> all) {
    all.add(line);
    line.getSubcommands().values().forEach(below -> add(below, all));
  }

  /** Splits a line without quotes into words. */
  static List<String> words(String line) {
    return List.of(line.strip().split("\\s+"));
  }

  /**
   * Parses the arguments after the name of the program.
   *
   * @throws RuntimeException as Karat would refuse them
   */
  static ParseResult read(List<String> arguments) {
    ParseResult read =
        new Karat(Karat.commands()).line().parseArgs(arguments.toArray(String[]::new));
    List<CommandLine> chain = read.asCommandLineList();
    CommandLine last = chain.get(chain.size() - 1);
    for (ArgSpec argument : last.getParseResult().matchedArgs()) {
      if (argument instanceof OptionSpec option && option.paramLabel().equals(DAY)) {
        option.stringValues().forEach(day -> AsOf.parse(option.longestName(), day));
      }
    }
    return last.getParseResult();
  }
}
