package io.karat.mart;

import io.karat.run.ExitCode;
import io.karat.run.KaratException;

/** A failure of the mart to follow a night that is live in the directory (exit 1). */
public final class MartException extends KaratException {
  private static final long serialVersionUID = 1L;

  MartException(String message, Throwable cause) {
    super(ExitCode.UNEXPECTED, message, cause);
  }
}
