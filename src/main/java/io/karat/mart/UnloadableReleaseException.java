package io.karat.mart;

/** The mart cannot take a release as it is; the message is a clause that says why. */
final class UnloadableReleaseException extends Exception {
  private static final long serialVersionUID = 1L;

  UnloadableReleaseException(String reason) {
    super(reason);
  }
}
