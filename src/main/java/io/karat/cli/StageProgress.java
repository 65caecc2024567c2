package io.karat.cli;

import io.karat.run.Progress;
import java.util.function.LongSupplier;

/** Shows the stages of a command, each with its rows, seconds and rows per second. */
final class StageProgress implements Progress {
  private static final int NAME_WIDTH = 28;
  private static final int ROWS_WIDTH = 18;
  private static final int TIME_WIDTH = 13;
  private static final int RATE_WIDTH = 20;

  private final TextRemarks remarks;
  private final boolean isTerminal;
  private final LongSupplier nanoseconds;
  private long start;

  StageProgress(TextRemarks remarks, boolean isTerminal, LongSupplier nanoseconds) {
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
    end(name, "", Figures.time(time()), "");
  }

  @Override
  public void done(String name, long rows) {
    long time = time();
    end(name, Figures.text(rows, "row"), Figures.time(time), Figures.rate(rows, time));
  }

  private long time() {
    return nanoseconds.getAsLong() - start;
  }

  private void end(String name, String rows, String time, String rate) {
    remarks.replace(
        isTerminal ? columns(name, rows, time, rate) : sentence(name, rows, time, rate));
  }

  private static String columns(String name, String rows, String time, String rate) {
    return Text.left(name, NAME_WIDTH)
        + Text.right(rows, ROWS_WIDTH)
        + Text.right(time, TIME_WIDTH)
        + (rate.isEmpty() ? "" : Text.right(rate, RATE_WIDTH));
  }

  private static String sentence(String name, String rows, String time, String rate) {
    return name
        + ": "
        + (rows.isEmpty() ? "" : rows + ", ")
        + time
        + (rate.isEmpty() ? "" : ", " + rate);
  }
}
