package io.karat.cli;

import io.karat.night.NightResult;
import io.karat.run.ExitCode;
import io.karat.run.Progress;
import java.io.PrintStream;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.LongSupplier;

/**
 * Log in words. On a terminal a transient line is overwritten, also once a second with how long it
 * stands there; in a pipe every line stays.
 */
final class TextConsoleLog implements ConsoleLog {
  private static final String ERASE_LINE = "\r\u001b[2K";
  private static final long SECOND = 1_000;

  private final PrintStream out;
  private final Terminal screen;
  private final LongSupplier nanoseconds;
  private boolean isLineOpen;
  private String line = "";
  private long since;

  TextConsoleLog(PrintStream out, Terminal screen) {
    this(out, screen, System::nanoTime);
  }

  TextConsoleLog(PrintStream out, Terminal screen, LongSupplier nanoseconds) {
    this.out = out;
    this.screen = screen;
    this.nanoseconds = nanoseconds;
  }

  /** A log whose transient line moves, so that a long stage is told from one that hangs. */
  static TextConsoleLog moving(PrintStream out, Terminal screen) {
    TextConsoleLog log = new TextConsoleLog(out, screen);
    if (screen.isRewritten()) {
      TimerTask renewal =
          new TimerTask() {
            @Override
            public void run() {
              log.renew();
            }
          };
      new Timer("transient line", true).schedule(renewal, SECOND, SECOND);
    }
    return log;
  }

  @Override
  public synchronized void note(String text) {
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
  public synchronized void crash(String text, String trace) {
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
  public synchronized void makeWay() {
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
  synchronized void pass(String text) {
    makeWay();
    line = text;
    since = nanoseconds.getAsLong();
    out.print(screen.isRewritten() ? ink(AnsiColor.FAINT, text) : text + System.lineSeparator());
    out.flush();
    isLineOpen = screen.isRewritten();
  }

  /** Shows how long the transient line stands there, if it is the last line. */
  synchronized void renew() {
    if (isLineOpen) {
      String time = ConsoleNumbers.time(nanoseconds.getAsLong() - since);
      out.print(ERASE_LINE + ink(AnsiColor.FAINT, line + " " + time));
      out.flush();
    }
  }

  /** Logs a line, over the transient one if that is the last line. */
  synchronized void replace(String text) {
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
