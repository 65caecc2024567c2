package io.karat.cli;

import io.karat.run.Progress;
import java.util.function.LongSupplier;

/** Listener that shows the stages of a command with rows, seconds and rows per second. */
final class StageProgress implements Progress {
  private static final int NAME_WIDTH = 28;
  private static final int ROWS_WIDTH = 18;
  private static final int TIME_WIDTH = 13;
  private static final int RATE_WIDTH = 20;

  private final TextConsoleLog remarks;
  private final boolean isTerminal;
  private final LongSupplier nanoseconds;
  private long start;

  StageProgress(TextConsoleLog remarks, boolean isTerminal, LongSupplier nanoseconds) {
    this.remarks = remarks;
    this.isTerminal = isTerminal;
    this.nanoseconds = nanoseconds;
    this.start = nanoseconds.getAsLong();
  }

  @Override
  public void stage(String name) {
    start = nanoseconds.getAsLong();
    remarks.pass(name + " …");
  }

  @Override
  public void done(String name) {
    end(name, "", ConsoleNumbers.time(time()), "");
  }

  @Override
  public void done(String name, long rows) {
    long time = time();
    end(
        name,
        ConsoleNumbers.text(rows, "row"),
        ConsoleNumbers.time(time),
        ConsoleNumbers.rate(rows, time));
  }

  private long time() {
    return nanoseconds.getAsLong() - start;
  }

  private void end(String name, String rows, String time, String rate) {
    remarks.replace(
        isTerminal ? columns(name, rows, time, rate) : sentence(name, rows, time, rate));
  }

  private static String columns(String name, String rows, String time, String rate) {
    return DisplayWidth.left(name, NAME_WIDTH)
        + DisplayWidth.right(rows, ROWS_WIDTH)
        + DisplayWidth.right(time, TIME_WIDTH)
        + (rate.isEmpty() ? "" : DisplayWidth.right(rate, RATE_WIDTH));
  }

  private static String sentence(String name, String rows, String time, String rate) {
    return name
        + ": "
        + (rows.isEmpty() ? "" : rows + ", ")
        + time
        + (rate.isEmpty() ? "" : ", " + rate);
  }
}
