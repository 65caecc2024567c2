package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.ExitCode;
import io.karat.run.FencedException;
import io.karat.run.InputException;
import io.karat.run.KaratException;
import io.karat.run.LockedException;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
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
    assertEquals(ExitCode.UNEXPECTED, end(new OutOfMemoryError("Java heap space")));
    assertTrue(
        transcript
            .remarks()
            .endsWith("Karat failed unexpectedly: java.lang.OutOfMemoryError: Java heap space\n"));
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
