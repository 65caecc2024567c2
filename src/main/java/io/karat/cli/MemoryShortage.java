package io.karat.cli;

import io.karat.run.KaratException;
import io.karat.run.UsageException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Memory of a process that is used up, wherever a command or a task of Spark asked for more. */
record MemoryShortage(Kind kind, Throwable failure) {
  private static final long MEGABYTES = 20;
  private static final long IN_GIGABYTE = 1024;

  /** Words with which Spark and cluster managers say that a process took more than it may. */
  private static final Pattern ENDED =
      Pattern.compile(
          "exit(ed with)? ?(exit )?(code|status):? ?(52|137|143)\\b"
              + "|for exceeding (physical|virtual) memory limits|OOMKilled",
          Pattern.CASE_INSENSITIVE);

  /** Words with which Spark says so of a task, and of a heap in which it does not start. */
  private static final Pattern IN_WORDS =
      Pattern.compile("java\\.lang\\.OutOfMemoryError|\\[INVALID_DRIVER_MEMORY]");

  /** Process whose memory it is, or what else of the machine is used up. */
  enum Kind {
    THREADS {
      @Override
      boolean isIn(Throwable link) {
        return isOutOfMemory(link) && link.toString().contains("unable to create native thread");
      }

      @Override
      String message() {
        return "The system gives this process no more threads: expected a few hundred. Raise its"
            + " limit of processes (ulimit -u, pids.max of a container), then run again.";
      }
    },
    DRIVER {
      @Override
      boolean isIn(Throwable link) {
        return isOutOfMemory(link) || IN_WORDS.matcher(String.valueOf(link.getMessage())).find();
      }

      @Override
      String message() {
        long heap = Runtime.getRuntime().maxMemory() >> MEGABYTES;
        long more = 2 * Math.max(1, Math.round((double) heap / IN_GIGABYTE));
        return ("Memory is used up: the heap of %d MB is not enough for this command. Expected room"
                + " for what a night computes at once. Give it more with --driver-memory, such as"
                + " --driver-memory %dg, or spark.driver.memory; executors of a cluster with"
                + " --executor-memory or spark.executor.memory. Then run again.")
            .formatted(heap, heap < IN_GIGABYTE / 2 ? 1 : more);
      }
    },
    EXECUTOR {
      @Override
      boolean isIn(Throwable link) {
        return ENDED.matcher(String.valueOf(link.getMessage())).find();
      }

      @Override
      String message() {
        return "An executor was ended, most likely as its memory was used up. Expected room for what"
            + " a task computes. Give executors more with --executor-memory or"
            + " spark.executor.memory, and spark.executor.memoryOverhead where a container is too"
            + " small. Then run again.";
      }
    };

    abstract boolean isIn(Throwable link);

    abstract String message();

    private static boolean isOutOfMemory(Throwable link) {
      return link instanceof OutOfMemoryError;
    }
  }

  /** The shortage in a failure and its causes; empty if there is none. */
  static Optional<MemoryShortage> in(List<Throwable> chain) {
    return Stream.of(Kind.values())
        .filter(kind -> chain.stream().anyMatch(kind::isIn))
        .findFirst()
        .map(kind -> new MemoryShortage(kind, chain.get(0)));
  }

  KaratException explanation() {
    return new UsageException(kind.message(), failure);
  }
}
