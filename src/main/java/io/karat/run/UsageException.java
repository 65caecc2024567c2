package io.karat.run;

import java.util.List;

/** A wrong command line or configuration (exit 2). */
public final class UsageException extends KaratException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(ExitCode.USAGE, message);
  }

  /** Several errors, each on a line of its own. */
  public UsageException(List<String> lines) {
    super(ExitCode.USAGE, lines);
  }

  public UsageException(String message, Throwable cause) {
    super(ExitCode.USAGE, message, cause);
  }
}
