package io.karat.cli;

import io.karat.night.NightResult;
import io.karat.run.ExitCode;
import io.karat.run.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Output of a command: results go to the standard output, progress and messages to the standard
 * error.
 */
final class Console {
  private final PrintStream results;
  private final ConsoleLog remarks;
  private final Terminal screen;

  Console(PrintStream results, ConsoleLog remarks, Terminal screen) {
    this.results = results;
    this.remarks = remarks;
    this.screen = screen;
  }

  /** The console of this process, for a command with these arguments. */
  static Console system(List<String> arguments) {
    Terminal screen = Terminal.of(System.getProperties(), System.getenv());
    PrintStream errors = stream(FileDescriptor.err);
    ConsoleLog remarks =
        switch (LogFormat.of(arguments, System.getenv())) {
          case TEXT -> new TextConsoleLog(errors, screen);
          case JSON -> new JsonConsoleLog(errors, Clock.SYSTEM);
        };
    return new Console(stream(FileDescriptor.out), remarks, screen);
  }

  /** Prints a result. */
  synchronized void print(String text) {
    remarks.makeWay();
    results.println(text);
    results.flush();
  }

  /** Prints a result in the given color. */
  void print(AnsiColor ink, String text) {
    print(ink.on(text, screen.hasColouredResults()));
  }

  void print(ConsoleTable table) {
    table.lines().forEach(this::print);
  }

  /** Logs a note. */
  synchronized void note(String text) {
    remarks.note(text);
  }

  /** Logs a warning. */
  synchronized void warn(String text) {
    remarks.warn(text);
  }

  /** Logs the reason why a command ends early. */
  synchronized void fail(String text, ExitCode exitCode) {
    remarks.fail(text, exitCode);
  }

  /** Logs an unexpected failure. */
  synchronized void crash(String text, Throwable failure) {
    remarks.crash(text, failure);
  }

  /** Logs that a night is published or unchanged. */
  synchronized void night(NightResult night) {
    remarks.night(night);
  }

  /** Logs the end of the command. */
  synchronized void end(ExitCode exitCode) {
    remarks.end(exitCode);
  }

  /** A listener that logs a command's stages with rows and seconds. */
  Progress progress() {
    return remarks.progress();
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
