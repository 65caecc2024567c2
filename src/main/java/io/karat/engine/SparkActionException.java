package io.karat.engine;

import java.util.Optional;
import org.apache.spark.SparkThrowable;

/**
 * Failure of an action of Spark. Its cause is what was thrown, and its message that of the cause.
 */
public final class SparkActionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SparkActionException(Throwable failure) {
    super(failure.getMessage(), failure);
  }

  /** The name of the condition that Spark met; empty if it names none. */
  public Optional<String> condition() {
    return getCause() instanceof SparkThrowable spark
        ? Optional.ofNullable(spark.getCondition())
        : Optional.empty();
  }
}
