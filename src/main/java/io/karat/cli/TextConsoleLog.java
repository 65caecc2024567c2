package io.karat.cli;

import io.karat.night.NightResult;
import io.karat.run.ExitCode;
import io.karat.run.Progress;
import java.io.PrintStream;

/** Remarks in words. On a terminal a passing line is rewritten; in a pipe every line stays. */
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

  /** The trace stands below the stage that it broke. */
  @Override
  public void crash(String text, Throwable failure) {
    makeWay();
    failure.printStackTrace(out);
    note(ink(AnsiColor.FAILURE, text));
  }

  /** Whoever reads words sees it among the results. */
  @Override
  public void night(NightResult night) {}

  /** Whoever reads words sees the prompt again. */
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

  /** Stages with rows, seconds and rows per second. */
  @Override
  public Progress progress() {
    return new StageProgress(this, screen.isRewritten(), System::nanoTime);
  }

  /** Writes a passing remark: on a terminal {@link #replace} writes over it. */
  void pass(String text) {
    makeWay();
    out.print(screen.isRewritten() ? ink(AnsiColor.FAINT, text) : text + System.lineSeparator());
    out.flush();
    isLineOpen = screen.isRewritten();
  }

  /** Writes a remark, over the passing one if that is the last line. */
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
