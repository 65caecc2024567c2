package io.karat.cli;

import io.karat.expressions.Spelling;
import io.karat.run.KaratException;
import io.karat.run.UsageException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Messages about a wrong command line: one sentence with the error and what was expected. */
final class UsageErrors {
  private UsageErrors() {}

  static KaratException about(ParameterException problem) {
    if (problem.getCause() instanceof KaratException own) {
      return own;
    }
    if (problem instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (problem instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing);
    }
    return usage(problem, value(Failures.detail(problem)) + ".");
  }

  /**
   * Rewords picocli's message on a value of the wrong type: {@code --days 'many' is not a whole
   * number}.
   */
  private static String value(String detail) {
    return detail
        .replaceFirst("^Invalid value for option '(--[\\w-]+)'(?: \\(.*?\\))?: ", "$1 ")
        .replaceFirst(" is not an? (?:int|long)$", " is not a whole number");
  }

  static UsageException noCommand(CommandLine line) {
    return new UsageException(
        "There is no command after '%s': expected one of %s. See '%s --help'."
            .formatted(name(line), listed(names(line)), name(line)));
  }

  static UsageException unknownCommand(String typed, CommandLine line) {
    String hint =
        Spelling.closest(typed, names(line))
            .map("Did you mean '%s'?"::formatted)
            .orElse("Expected one of %s.".formatted(listed(names(line))));
    return new UsageException("Unknown command '%s %s'. %s".formatted(name(line), typed, hint));
  }

  private static UsageException unmatched(UnmatchedArgumentException problem) {
    CommandLine line = problem.getCommandLine();
    String typed = problem.getUnmatched().get(0);
    if (problem.isUnknownOption()) {
      return unknownOption(problem, typed);
    }
    if (!line.getSubcommands().isEmpty()) {
      return unknownCommand(typed, line);
    }
    return usage(problem, "Unexpected argument '%s' of '%s'.".formatted(typed, name(line)));
  }

  private static UsageException unknownOption(ParameterException problem, String typed) {
    CommandLine line = problem.getCommandLine();
    List<String> options =
        line.getCommandSpec().options().stream()
            .flatMap(option -> Stream.of(option.names()))
            .toList();
    String option = typed.replaceFirst("=.*$", "");
    String unknown = "Unknown option '%s' of '%s'.".formatted(option, name(line));
    return Spelling.closest(option, options)
        .map(nearest -> new UsageException(unknown + " Did you mean '" + nearest + "'?", problem))
        .orElseGet(() -> usage(problem, unknown));
  }

  /**
   * Reports a missing option, or an unknown one instead, as the missing one was probably misspelt.
   */
  private static UsageException missing(MissingParameterException problem) {
    CommandLine line = problem.getCommandLine();
    return line.getUnmatchedArguments().stream()
        .filter(typed -> typed.startsWith("-"))
        .findFirst()
        .map(typed -> unknownOption(problem, typed))
        .orElseGet(() -> usage(problem, "'%s' needs %s.".formatted(name(line), labels(problem))));
  }

  private static String labels(MissingParameterException problem) {
    return listed(problem.getMissing().stream().map(UsageErrors::label).toList());
  }

  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }

  private static UsageException usage(ParameterException problem, String what) {
    return new UsageException(
        "%s See '%s --help'.".formatted(what, name(problem.getCommandLine())), problem);
  }

  private static Collection<String> names(CommandLine line) {
    return new TreeSet<>(line.getSubcommands().keySet());
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName();
  }

  private static String listed(Collection<String> words) {
    return String.join(", ", words);
  }
}
