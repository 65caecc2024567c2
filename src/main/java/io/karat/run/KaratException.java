package io.karat.run;

/**
 * An error that the user can correct: the message says what is wrong with which value, what was
 * expected and what to do. The command ends with its exit code and without a stack trace.
 */
public abstract class KaratException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  protected KaratException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  protected KaratException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public final ExitCode exitCode() {
    return exitCode;
  }
}
