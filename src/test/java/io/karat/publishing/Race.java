package io.karat.publishing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runner of calls that start at the same moment. */
final class Race {
  private Race() {}

  /** Runs the calls together and returns their results, sorted. */
  static List<String> run(List<Callable<String>> calls)
      throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<Future<String>> ends = new ArrayList<>();
      for (Callable<String> call : calls) {
        ends.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      List<String> texts = new ArrayList<>();
      for (Future<String> end : ends) {
        texts.add(end.get());
      }
      return texts.stream().sorted().toList();
    } finally {
      threads.shutdown();
    }
  }
}
