package io.karat.cli;

import io.karat.run.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Command line of Karat: parses the arguments and executes the command. */
final class Karat {
  private static final int USAGE_WIDTH = 100;

  private final GlobalOptions options = new GlobalOptions();
  private final CommandLine line;

  Karat(List<Command> commands) {
    line = new CommandLine(options);
    add(commands, line);
    line.setUsageHelpWidth(USAGE_WIDTH);
    line.setUsageHelpLongOptionsMaxWidth(USAGE_WIDTH / 3);
  }

  private static void add(List<Command> commands, CommandLine above) {
    for (Command command : commands) {
      CommandLine below = new CommandLine(command);
      add(command.subcommands(), below);
      above.addSubcommand(below);
    }
  }

  /** All commands, in the order of the help. */
  static List<Command> commands() {
    return List.of(
        new DemoCommand(),
        new InitCommand(),
        new GenerateCommand(),
        new RunCommand(),
        new BackfillCommand(),
        new PlanCommand(),
        new ValidateCommand(),
        new StatusCommand(),
        new PublishCommand(),
        new RollbackCommand(),
        new VerifyCommand(),
        new RepairCommand(),
        new UnlockCommand(),
        new ModelsCommand(ModelKinds.ofThisVersion()),
        new SimulateCommand(),
        new MatchCommand(),
        new ExplainCommand(),
        new ReportCommand(),
        new DictionaryCommand(),
        new SchemaCommand(),
        new CompletionCommand(),
        new HelpCommand(),
        new VersionCommand());
  }

  /**
   * Executes the command in the arguments.
   *
   * @throws io.karat.run.UsageException if they cannot be parsed
   */
  ExitCode run(List<String> arguments, Console console) {
    ParseResult parsed = parse(arguments);
    CommandLine chosen = last(parsed);
    console.hide(options.secrets());
    MaskedLog.hide(options.secrets());
    if (options.help() || arguments.isEmpty()) {
      console.printLines(chosen.getUsageMessage().stripTrailing());
      return ExitCode.PUBLISHED;
    }
    if (options.version()) {
      console.print(Version.text());
      return ExitCode.PUBLISHED;
    }
    options.settings();
    options.requireLogFormat(System.getenv());
    if (chosen.getCommand() instanceof Command command) {
      return command.run(options, console);
    }
    throw UsageErrors.noCommand(chosen);
  }

  CommandLine line() {
    return line;
  }

  private ParseResult parse(List<String> arguments) {
    try {
      return line.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException notUnderstood) {
      throw UsageErrors.about(notUnderstood);
    }
  }

  private static CommandLine last(ParseResult parsed) {
    List<CommandLine> chain = parsed.asCommandLineList();
    return chain.get(chain.size() - 1);
  }
}
