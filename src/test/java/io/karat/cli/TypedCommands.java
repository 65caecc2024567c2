package io.karat.cli;

import io.karat.run.AsOf;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Command lines as they stand in help, documents and schedules, read as Karat reads them. */
final class TypedCommands {
  private static final List<String> DAYS = List.of("--as-of", "--from", "--to", "--first-day");

  private TypedCommands() {}

  /** Every command, the ones that have subcommands before these. */
  static List<CommandLine> all() {
    List<CommandLine> all = new ArrayList<>();
    add(new Karat(Karat.commands()).line(), all);
    return all;
  }

  private static void add(CommandLine line, List<CommandLine> all) {
    all.add(line);
    line.getSubcommands().values().forEach(below -> add(below, all));
  }

  /** The words of a line that has no quotes. */
  static List<String> words(String line) {
    return List.of(line.strip().split("\\s+"));
  }

  /**
   * Reads what follows the name of the program.
   *
   * @throws RuntimeException as Karat would refuse it
   */
  static ParseResult read(List<String> arguments) {
    ParseResult read =
        new Karat(Karat.commands()).line().parseArgs(arguments.toArray(String[]::new));
    List<CommandLine> chain = read.asCommandLineList();
    CommandLine last = chain.get(chain.size() - 1);
    for (ArgSpec argument : last.getParseResult().matchedArgs()) {
      if (argument instanceof OptionSpec option && DAYS.contains(option.longestName())) {
        option.stringValues().forEach(day -> AsOf.parse(option.longestName(), day));
      }
    }
    return last.getParseResult();
  }
}
