package io.karat.run;

/** The exit code of a command, for schedulers. The numbers are public and never change. */
public enum ExitCode {
  /** Published, or unchanged because the same night is already live. */
  PUBLISHED(0),
  /** An unexpected failure, with a stack trace; or a publisher that failed to follow. */
  UNEXPECTED(1),
  /** Wrong usage or configuration. */
  USAGE(2),
  /** Input is missing, incomplete or has the wrong shape. */
  INPUT(3),
  /** A quality check refused the night; last night is still live. */
  REFUSED(4),
  /** Another run holds the lock. */
  LOCKED(5),
  /** A newer release appeared since the run started. */
  FENCED(6),
  /** Published with warnings, and {@code --fail-on-warn} was given. */
  WARNED(7);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
