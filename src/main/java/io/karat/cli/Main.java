package io.karat.cli;

import io.karat.run.ExitCode;
import io.karat.run.KaratException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Karat's entry: does what was typed, says what went wrong, and ends with the exit code. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    start(new Karat(Karat.commands()), arguments);
  }

  static void start(Karat karat, String[] arguments) {
    ExitCode exitCode = run(karat, List.of(arguments), Console.system());
    // YARN takes an exit of its driver, even with 0, for a crash; returning is its success.
    boolean isClusterDriver = "cluster".equals(System.getProperty("spark.submit.deployMode"));
    if (exitCode != ExitCode.PUBLISHED || !isClusterDriver) {
      System.exit(exitCode.number());
    }
  }

  static ExitCode run(Karat karat, List<String> arguments, Console console) {
    // Digits and decimal points in messages, SQL and model files are the same on every machine.
    Locale.setDefault(Locale.ROOT);
    try {
      return karat.run(arguments, console);
    } catch (Throwable failure) {
      return end(failure, console);
    }
  }

  private static ExitCode end(Throwable failure, Console console) {
    Optional<KaratException> explained = Failures.explain(failure);
    if (explained.isPresent()) {
      console.note(String.valueOf(explained.get().getMessage()));
      return explained.get().exitCode();
    }
    console.trace(failure);
    console.note("Karat failed unexpectedly: " + firstLine(failure));
    return ExitCode.UNEXPECTED;
  }

  private static String firstLine(Throwable failure) {
    return failure.toString().lines().findFirst().orElse(failure.getClass().getName());
  }
}
