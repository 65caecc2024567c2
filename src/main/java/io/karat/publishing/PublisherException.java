package io.karat.publishing;

import io.karat.run.ExitCode;
import io.karat.run.KaratException;

/** Failure of a publisher to follow a night that is live in the output folder (exit 1). */
public final class PublisherException extends KaratException {
  private static final long serialVersionUID = 1L;

  /** A failure; the message names the publisher. */
  public PublisherException(String message, Throwable cause) {
    super(ExitCode.UNEXPECTED, message, cause);
  }
}
