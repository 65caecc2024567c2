package io.karat.run;

/** A wrong command line or configuration (exit 2). */
public final class UsageException extends KaratException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(ExitCode.USAGE, message);
  }

  public UsageException(String message, Throwable cause) {
    super(ExitCode.USAGE, message, cause);
  }
}
