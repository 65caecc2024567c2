package io.karat.cli;

import io.karat.run.ExitCode;
import io.karat.run.KaratException;
import io.karat.run.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.LoggerFactory;

/** Entry point of Karat: executes a command, reports failures, and ends with the exit code. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    start(new Karat(Karat.commands()), arguments);
  }

  static void start(Karat karat, String[] arguments) {
    List<String> typed = List.of(arguments);
    Console console = Console.system(typed);
    AtomicBoolean isEnded = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> sayStopped(isEnded, console)));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> endOf(thread, failure, isEnded, console));
    ExitCode exitCode = run(karat, typed, console);
    isEnded.set(true);
    // YARN treats an exit of the driver as a crash, even with 0; returning is success.
    boolean isClusterDriver = "cluster".equals(System.getProperty("spark.submit.deployMode"));
    if (exitCode != ExitCode.PUBLISHED || !isClusterDriver) {
      System.exit(exitCode.number());
    }
  }

  /**
   * Ends the command if a thread of Spark ends for want of memory: others would wait for it for
   * ever.
   */
  private static void endOf(
      Thread thread, Throwable failure, AtomicBoolean isEnded, Console console) {
    if (!(failure instanceof OutOfMemoryError)) {
      // Asked for only here, as the log takes longer to start than a wrong command line to be
      // refused.
      LoggerFactory.getLogger(Main.class).error("Thread {} ended", thread.getName(), failure);
    } else if (isEnded.compareAndSet(false, true)) {
      ExitCode exitCode = explain(failure, console);
      console.end(exitCode);
      System.exit(exitCode.number());
    }
  }

  private static void sayStopped(AtomicBoolean isEnded, Console console) {
    if (!isEnded.get()) {
      console.warn(
          "Stopped before its end. Nothing is half published: run the same command again.");
    }
  }

  static ExitCode run(Karat karat, List<String> arguments, Console console) {
    // Digits and decimal points in messages, SQL and model files are the same on every machine.
    Locale.setDefault(Locale.ROOT);
    ExitCode exitCode = ended(karat, arguments, console);
    console.end(exitCode);
    return exitCode;
  }

  private static ExitCode ended(Karat karat, List<String> arguments, Console console) {
    try {
      return karat.run(arguments, console);
    } catch (Throwable failure) {
      return isByStop(failure) ? ExitCode.UNEXPECTED : explain(failure, console);
    }
  }

  /** Spark ends what it is at when the process is told to stop; that is no failure. */
  private static boolean isByStop(Throwable failure) {
    return !(failure instanceof UsageException) && ShutdownHookManager.get().isShutdownInProgress();
  }

  private static ExitCode explain(Throwable failure, Console console) {
    Optional<KaratException> explained = Failures.explain(failure);
    if (explained.isPresent()) {
      KaratException known = explained.get();
      console.fail(String.valueOf(known.getMessage()), known.exitCode());
      return known.exitCode();
    }
    console.crash("Karat failed unexpectedly: " + firstLine(failure), failure);
    return ExitCode.UNEXPECTED;
  }

  private static String firstLine(Throwable failure) {
    return failure.toString().lines().findFirst().orElse(failure.getClass().getName());
  }
}
