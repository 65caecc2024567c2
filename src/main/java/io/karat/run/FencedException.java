package io.karat.run;

/** A conflict with a newer release, which appeared since this run started (exit 6). */
public final class FencedException extends KaratException {
  private static final long serialVersionUID = 1L;

  public FencedException(String message) {
    super(ExitCode.FENCED, message);
  }

  public FencedException(String message, Throwable cause) {
    super(ExitCode.FENCED, message, cause);
  }
}
