package io.karat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Small Spark jobs that need not wait for each other, a few at a time. */
final class Concurrently {
  private static final int AT_A_TIME = 4;

  private Concurrently() {}

  /**
   * What is made of each, in the same order.
   *
   * @throws RuntimeException what the first of them that failed has thrown
   */
  static <A, B> Map<A, B> all(List<A> some, Function<A, B> job) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      Map<A, Future<B>> started = new LinkedHashMap<>();
      some.forEach(one -> started.put(one, threads.submit(() -> job.apply(one))));
      Map<A, B> done = new LinkedHashMap<>();
      started.forEach((one, result) -> done.put(one, result(result)));
      return done;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <B> B result(Future<B> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
