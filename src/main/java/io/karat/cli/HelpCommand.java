package io.karat.cli;

import io.karat.run.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Command {@code help}: lists all commands, or one of them with its options. */
@picocli.CommandLine.Command(
    name = "help",
    description = "Shows the commands, or the options of one.",
    footer = {Command.EXAMPLES, "  karat help run", "  karat help models fit"})
final class HelpCommand implements Command {
  @Spec private CommandSpec self;

  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command to explain.")
  private List<String> path = List.of();

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    CommandLine line = self.root().commandLine();
    for (String name : path) {
      CommandLine next = line.getSubcommands().get(name);
      if (next == null) {
        throw UsageErrors.unknownCommand(name, line);
      }
      line = next;
    }
    console.printLines(line.getUsageMessage().stripTrailing());
    return ExitCode.PUBLISHED;
  }
}
