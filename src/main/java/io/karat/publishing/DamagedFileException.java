package io.karat.publishing;

import io.karat.run.ExitCode;
import io.karat.run.KaratException;

/** A file of the output folder that is missing or damaged (exit 2). */
public final class DamagedFileException extends KaratException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String damage;

  /**
   * The damage of a file.
   *
   * @param file its path within the output folder
   * @param damage what is wrong with it, as a clause
   * @param stands what is not affected, as a sentence with a blank at its end; may be empty
   */
  DamagedFileException(String file, String damage, String stands) {
    super(
        ExitCode.USAGE,
        ("%s is damaged: %s. %sRestore it from a backup, or run 'karat repair': it says what can be"
                + " mended, and changes nothing without --yes.")
            .formatted(file, damage, stands));
    this.file = file;
    this.damage = damage;
  }

  DamagedFileException with(String stands) {
    return new DamagedFileException(file, damage, stands);
  }

  /** The path of the file within the output folder. */
  public String file() {
    return file;
  }

  /** What is wrong with it, as a clause. */
  public String damage() {
    return damage;
  }
}
