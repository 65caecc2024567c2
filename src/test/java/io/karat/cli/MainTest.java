package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.ExitCode;
import io.karat.run.FencedException;
import io.karat.run.InputException;
import io.karat.run.KaratException;
import io.karat.run.LockedException;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private final Transcript transcript = new Transcript(false);

  static Stream<KaratException> failuresThatTheReaderCanRepair() {
    return Stream.of(
        new UsageException("No."),
        new InputException("No."),
        new RefusedException("No."),
        new LockedException("No."),
        new FencedException("No."));
  }

  @ParameterizedTest
  @MethodSource
  void failuresThatTheReaderCanRepair(KaratException failure) {
    assertEquals(failure.exitCode(), end(failure));
    assertEquals("No.\n", transcript.remarks());
  }

  /** Runs in locales with other digits, and with a comma in decimals. */
  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "de-DE"})
  void theLanguageOfTheMachineChangesNoDigit(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      end(new UsageException("No."));

      assertEquals("12 0.50", "%d %.2f".formatted(12, 0.5));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatKaratSaidCountsWhereverItWasWrapped() {
    assertEquals(
        ExitCode.LOCKED, end(new IllegalStateException("wrapped", new LockedException("Busy."))));
    assertEquals("Busy.\n", transcript.remarks());
  }

  @Test
  void aFailureThatNobodyForesawComesWithItsTrace() {
    assertEquals(ExitCode.UNEXPECTED, end(new IllegalStateException("no tiles\nat all")));

    String remarks = transcript.remarks();
    assertTrue(remarks.startsWith("java.lang.IllegalStateException: no tiles\nat all\n\tat "));
    assertTrue(
        remarks.endsWith(
            "\nKarat failed unexpectedly: java.lang.IllegalStateException: no tiles\n"),
        remarks);
  }

  @Test
  void anErrorOfTheMachineIsUnexpectedToo() {
    assertEquals(ExitCode.UNEXPECTED, end(new StackOverflowError("deep")));
    assertTrue(
        transcript
            .remarks()
            .endsWith("Karat failed unexpectedly: java.lang.StackOverflowError: deep\n"));
  }

  static Stream<Throwable> heapsThatAreTooSmall() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    return Stream.of(
        error,
        new OutOfMemoryError("GC overhead limit exceeded"),
        new IllegalStateException("Job aborted due to stage failure", error),
        new IllegalStateException(
            "Lost task 3.0 in stage 7.0 (TID 9): java.lang.OutOfMemoryError: Java heap space"));
  }

  @ParameterizedTest
  @MethodSource
  void heapsThatAreTooSmall(Throwable failure) {
    assertEquals(ExitCode.USAGE, end(failure));
    assertTrue(
        transcript
            .remarks()
            .matches(
                "Memory is used up: the heap of \\d+ MB is not enough for this command. Expected room for"
                    + " what a night computes at once. Give it more with --driver-memory, such as"
                    + " --driver-memory \\d+g, or spark.driver.memory; executors of a cluster with"
                    + " --executor-memory or spark.executor.memory. Then run again.\n"),
        transcript.remarks());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ExecutorLostFailure (executor 1 exited caused by one of the running tasks) Reason: Command exited with code 52",
        "ExecutorLostFailure (executor 2 exited) Reason: Container from a bad node. Exit status: 137.",
        "The executor with id 1 exited with exit code 137(SIGKILL, possible container OOM).",
        "Container killed by YARN for exceeding physical memory limits. 5.5 GB of 5.5 GB physical memory used.",
      })
  void anExecutorThatTookTooMuch(String words) {
    assertEquals(ExitCode.USAGE, end(new IllegalStateException(words)));
    assertEquals(
        "An executor was ended, most likely as its memory was used up. Expected room for what a task"
            + " computes. Give executors more with --executor-memory or spark.executor.memory, and"
            + " spark.executor.memoryOverhead where a container is too small. Then run again.\n",
        transcript.remarks());
  }

  @Test
  void aProcessThatGetsNoMoreThreads() {
    assertEquals(
        ExitCode.USAGE,
        end(new OutOfMemoryError("unable to create native thread: possibly out of memory")));
    assertEquals(
        "The system gives this process no more threads: expected a few hundred. Raise its limit of"
            + " processes (ulimit -u, pids.max of a container), then run again.\n",
        transcript.remarks());
  }

  /**
   * Any of them takes longer to start than a line to be refused. Of Spark there is only a type that
   * methods of commands name.
   */
  @Test
  void aWrongLineIsRefusedWithoutSparkHadoopOrALog() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "explain")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertEquals(ExitCode.USAGE.number(), process.waitFor());
    assertTrue(output.contains("'karat explain' needs --customer ID."), output);
    assertTrue(output.contains(" io.karat.cli.Main source: "), output);
    assertEquals(
        List.of(),
        output
            .lines()
            .filter(line -> line.contains(" org.apache."))
            .filter(line -> !line.contains(" org.apache.spark.sql.SparkSession "))
            .toList());
  }

  private ExitCode end(Throwable failure) {
    return transcript.type(List.of(new FailingCommand(failure)), "fail");
  }

  /** Command that throws. */
  @picocli.CommandLine.Command(name = "fail")
  private record FailingCommand(Throwable failure) implements Command {
    @Override
    public ExitCode run(GlobalOptions options, Console console) {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }
}
