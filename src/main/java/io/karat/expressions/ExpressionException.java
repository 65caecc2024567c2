package io.karat.expressions;

/** The refusal of a user-written expression; the message names the refused term and the reason. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExpressionException(String message) {
    super(message);
  }

  ExpressionException(String message, Throwable cause) {
    super(message, cause);
  }
}
