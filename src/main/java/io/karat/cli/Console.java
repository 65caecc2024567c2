package io.karat.cli;

import io.karat.night.NightResult;
import io.karat.run.ExitCode;
import io.karat.run.PrintableText;
import io.karat.run.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Output of a command: results go to the standard output, progress and messages to the standard
 * error.
 */
final class Console {
  /** Escaped tabs at the beginning of a line. */
  private static final Pattern TABS = Pattern.compile("(?m)^(?:\\\\t)+");

  private final PrintStream results;
  private final ConsoleLog remarks;
  private final Terminal screen;
  private Secrets secrets = new Secrets();

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
          case TEXT -> TextConsoleLog.moving(errors, screen);
          case JSON -> new JsonConsoleLog(errors, Clock.SYSTEM);
        };
    return new Console(stream(FileDescriptor.out), remarks, screen);
  }

  /** Hides values in all that follows. */
  synchronized void hide(Secrets values) {
    secrets = values;
  }

  /** Prints a result on one line. */
  void print(String text) {
    print(AnsiColor.NONE, text);
  }

  /** Prints a result of several lines. */
  void printLines(String text) {
    printed(lines(text));
  }

  private synchronized void printed(String text) {
    remarks.makeWay();
    results.println(text);
    results.flush();
  }

  private synchronized String masked(String text) {
    return secrets.masked(text);
  }

  /** The text as it is shown, on the lines that it has. */
  String lines(String text) {
    return PrintableText.lines(masked(text));
  }

  private String line(String text) {
    return PrintableText.line(masked(text));
  }

  /** Prints a result in the given color. */
  void print(AnsiColor ink, String text) {
    printed(ink.on(line(text), screen.hasColouredResults()));
  }

  void print(ConsoleTable table) {
    table.lines().forEach(this::print);
  }

  /** Logs a note. */
  synchronized void note(String text) {
    remarks.note(line(text));
  }

  /** Logs a warning. */
  synchronized void warn(String text) {
    remarks.warn(line(text));
  }

  /** Logs the reasons why a command ends early, a line each. */
  synchronized void fail(String text, ExitCode exitCode) {
    remarks.fail(lines(text), exitCode);
  }

  /** Logs an unexpected failure. */
  synchronized void crash(String text, Throwable failure) {
    remarks.crash(line(text), trace(failure));
  }

  /** A trace as it is shown, with the tabs before its lines. */
  private String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return TABS.matcher(lines(trace.toString().stripTrailing()))
        .replaceAll(tabs -> "\t".repeat(tabs.group().length() / 2));
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
