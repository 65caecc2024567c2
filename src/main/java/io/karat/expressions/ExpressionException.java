package io.karat.expressions;

/** A user-written expression is refused; the message says which part of it and why. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExpressionException(String message) {
    super(message);
  }

  ExpressionException(String message, Throwable cause) {
    super(message, cause);
  }
}
