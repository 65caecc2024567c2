package io.karat.run;

/** An input is missing, incomplete or has the wrong shape (exit 3). */
public final class InputException extends KaratException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(ExitCode.INPUT, message);
  }

  public InputException(String message, Throwable cause) {
    super(ExitCode.INPUT, message, cause);
  }
}
