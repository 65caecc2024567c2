package io.karat.run;

/** How a command ends, as a scheduler sees it. The numbers are public and never change. */
public enum ExitCode {
  /** Published, or nothing to do because the same night is live already. */
  PUBLISHED(0),
  /** A failure nobody foresaw, with a stack trace; or a publisher that does not follow. */
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
