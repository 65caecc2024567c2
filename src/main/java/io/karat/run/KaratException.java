package io.karat.run;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * An error that the user can correct: the message says what is wrong with which value, what was
 * expected and what to do. The command ends with its exit code and without a stack trace. The
 * message is one line, whatever the values in it hold.
 */
public abstract class KaratException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  protected KaratException(ExitCode exitCode, String message, Throwable cause) {
    super(PrintableText.line(message), cause);
    this.exitCode = exitCode;
  }

  protected KaratException(ExitCode exitCode, String message) {
    super(PrintableText.line(message));
    this.exitCode = exitCode;
  }

  /** Several errors, each on a line of its own. */
  protected KaratException(ExitCode exitCode, List<String> lines) {
    super(lines.stream().map(PrintableText::line).collect(joining("\n")));
    this.exitCode = exitCode;
  }

  public final ExitCode exitCode() {
    return exitCode;
  }
}
