package io.karat.mart;

/** A reason why the mart cannot take a release; the message is a clause. */
final class UnloadableReleaseException extends Exception {
  private static final long serialVersionUID = 1L;

  UnloadableReleaseException(String reason) {
    super(reason);
  }
}
