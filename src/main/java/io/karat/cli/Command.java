package io.karat.cli;

import io.karat.run.ExitCode;
import java.util.List;

/** Command of the command line, such as {@code run} or {@code status}. */
interface Command {
  /** The heading of the example that ends every command's help. */
  String EXAMPLE = "%nExample:";

  /** The heading of several examples. */
  String EXAMPLES = "%nExamples:";

  /**
   * Executes the command.
   *
   * @return the exit code; {@link ExitCode#PUBLISHED} for a command that changes nothing
   * @throws io.karat.run.KaratException if the user can fix the cause
   */
  ExitCode run(GlobalOptions options, Console console);

  /** The subcommands, which are typed after its name; usually none. */
  default List<Command> subcommands() {
    return List.of();
  }
}
