package io.karat.run;

/** The command line or the configuration is wrong (exit 2). */
public final class UsageException extends KaratException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(ExitCode.USAGE, message);
  }

  public UsageException(String message, Throwable cause) {
    super(ExitCode.USAGE, message, cause);
  }
}
