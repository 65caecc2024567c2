package io.karat.cli;

import io.karat.run.ExitCode;
import java.util.List;

/** One thing Karat can be asked to do, such as {@code run} or {@code status}. */
interface Command {
  /** Opens the example that closes every command's help. */
  String EXAMPLE = "%nExample:";

  /** The same where there are several. */
  String EXAMPLES = "%nExamples:";

  /**
   * Does it.
   *
   * @return how it ended; a command that changes nothing ends with {@link ExitCode#PUBLISHED}
   * @throws io.karat.run.KaratException if the reader of its message can put the matter right
   */
  ExitCode run(GlobalOptions options, Console console);

  /** The commands below it, which are typed after its name; none as a rule. */
  default List<Command> subcommands() {
    return List.of();
  }
}
