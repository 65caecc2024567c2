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
 * Where a command writes: results to the standard output, progress and complaints to the standard
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

  /** The console of this process, for a command that was typed so. */
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

  /** Writes a result. */
  synchronized void print(String text) {
    remarks.makeWay();
    results.println(text);
    results.flush();
  }

  /** Writes a result in the ink that it deserves. */
  void print(AnsiColor ink, String text) {
    print(ink.on(text, screen.hasColouredResults()));
  }

  void print(ConsoleTable table) {
    table.lines().forEach(this::print);
  }

  /** Writes a remark. */
  synchronized void note(String text) {
    remarks.note(text);
  }

  /** Writes a warning. */
  synchronized void warn(String text) {
    remarks.warn(text);
  }

  /** Writes why a command ends before it is done. */
  synchronized void fail(String text, ExitCode exitCode) {
    remarks.fail(text, exitCode);
  }

  /** Writes a failure that nobody foresaw. */
  synchronized void crash(String text, Throwable failure) {
    remarks.crash(text, failure);
  }

  /** A night is published, or was before. */
  synchronized void night(NightResult night) {
    remarks.night(night);
  }

  /** The command has ended. */
  synchronized void end(ExitCode exitCode) {
    remarks.end(exitCode);
  }

  /** Listens to a command's stages and shows them with rows and seconds. */
  Progress progress() {
    return remarks.progress();
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
