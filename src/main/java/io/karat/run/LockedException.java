package io.karat.run;

/** A conflict with another run, which holds the lock of this output (exit 5). */
public final class LockedException extends KaratException {
  private static final long serialVersionUID = 1L;

  public LockedException(String message) {
    super(ExitCode.LOCKED, message);
  }

  public LockedException(String message, Throwable cause) {
    super(ExitCode.LOCKED, message, cause);
  }
}
