package io.karat.cli;

import io.karat.night.NightResult;
import io.karat.run.ExitCode;
import io.karat.run.Progress;
import java.io.PrintStream;

/** Log in words. On a terminal a transient line is overwritten; in a pipe every line stays. */
final class TextConsoleLog implements ConsoleLog {
  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final Terminal screen;
  private boolean isLineOpen;

  TextConsoleLog(PrintStream out, Terminal screen) {
    this.out = out;
    this.screen = screen;
  }

  @Override
  public void note(String text) {
    makeWay();
    out.println(text);
    out.flush();
  }

  @Override
  public void warn(String text) {
    note(ink(AnsiColor.WARNING, text));
  }

  @Override
  public void fail(String text, ExitCode exitCode) {
    note(ink(AnsiColor.FAILURE, text));
  }

  /** Logs the stack trace below the stage that failed. */
  @Override
  public void crash(String text, String trace) {
    note(trace);
    note(ink(AnsiColor.FAILURE, text));
  }

  /** Does nothing: the night is among the results. */
  @Override
  public void night(NightResult night) {}

  /** Does nothing: the shell prompt shows the end. */
  @Override
  public void end(ExitCode exitCode) {}

  @Override
  public void makeWay() {
    if (isLineOpen) {
      out.println();
      out.flush();
      isLineOpen = false;
    }
  }

  /** Logs stages with rows, seconds and rows per second. */
  @Override
  public Progress progress() {
    return new StageProgress(this, screen.isRewritten(), System::nanoTime);
  }

  /** Logs a transient line, which {@link #replace} overwrites on a terminal. */
  void pass(String text) {
    makeWay();
    out.print(screen.isRewritten() ? ink(AnsiColor.FAINT, text) : text + System.lineSeparator());
    out.flush();
    isLineOpen = screen.isRewritten();
  }

  /** Logs a line, over the transient one if that is the last line. */
  void replace(String text) {
    if (isLineOpen) {
      out.print(ERASE_LINE);
      isLineOpen = false;
    }
    note(text);
  }

  private String ink(AnsiColor ink, String text) {
    return ink.on(text, screen.hasColouredRemarks());
  }
}
