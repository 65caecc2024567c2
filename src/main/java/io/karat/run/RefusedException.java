package io.karat.run;

/** The refusal of a night by a quality check; last night is still live (exit 4). */
public final class RefusedException extends KaratException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(ExitCode.REFUSED, message);
  }

  public RefusedException(String message, Throwable cause) {
    super(ExitCode.REFUSED, message, cause);
  }
}
