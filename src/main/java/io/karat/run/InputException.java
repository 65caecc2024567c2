package io.karat.run;

import java.util.List;

/** A missing or incomplete input, or one of the wrong shape (exit 3). */
public final class InputException extends KaratException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(ExitCode.INPUT, message);
  }

  /** Several errors, each on a line of its own. */
  InputException(List<String> lines) {
    super(ExitCode.INPUT, lines);
  }

  public InputException(String message, Throwable cause) {
    super(ExitCode.INPUT, message, cause);
  }
}
