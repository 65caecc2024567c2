package io.karat.engine;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Action of Spark, or of a library that reads files for it. Scala declares no checked exceptions,
 * so that Java neither knows nor can name what such an action throws.
 */
public final class SparkAction {
  private SparkAction() {}

  /**
   * Takes an action that has no result.
   *
   * @throws SparkActionException if it fails
   */
  public static void run(Runnable action) {
    result(Executors.callable(action));
  }

  /**
   * The result of an action, taken at once.
   *
   * @throws SparkActionException if it fails, whatever the exception; errors of the machine stay
   *     what they are
   */
  public static <T> T result(Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    task.run();
    try {
      return task.get();
    } catch (ExecutionException failed) {
      Throwable failure = Objects.requireNonNull(failed.getCause());
      if (failure instanceof Error error) {
        throw error;
      }

      throw new SparkActionException(failure);
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
