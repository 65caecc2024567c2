package io.karat.engine;

/** Failure to open a file; the message says why it cannot be read, in words. */
public final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String advice;

  UnreadableFileException(String file, String reason, String advice) {
    super(reason);
    this.file = file;
    this.advice = advice;
  }

  /** The path of the file. */
  public String file() {
    return file;
  }

  /** What to do, a sentence. */
  public String advice() {
    return advice;
  }
}
