package io.karat.cli;

import io.karat.run.ExitCode;

/** One thing Karat can be asked to do, such as {@code run} or {@code status}. */
interface Command {
  /** Opens the example that closes every command's help. */
  String EXAMPLE = "%nExample:";

  /**
   * Does it.
   *
   * @return how it ended; a command that changes nothing ends with {@link ExitCode#PUBLISHED}
   * @throws io.karat.run.KaratException if the reader of its message can put the matter right
   */
  ExitCode run(GlobalOptions options, Console console);
}
