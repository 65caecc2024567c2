package io.karat.cli;

import io.karat.run.Progress;
import java.util.function.LongSupplier;

/** Shows the stages of a command, each with its rows and seconds, as lines on the console. */
final class StageProgress implements Progress {
  private static final int NAME_WIDTH = 36;
  private static final int ROWS_WIDTH = 20;
  private static final int TIME_WIDTH = 12;

  private final Console console;
  private final boolean isTerminal;
  private final LongSupplier nanoseconds;
  private long start;

  StageProgress(Console console, boolean isTerminal, LongSupplier nanoseconds) {
    this.console = console;
    this.isTerminal = isTerminal;
    this.nanoseconds = nanoseconds;
    this.start = nanoseconds.getAsLong();
  }

  @Override
  public void stage(String name) {
    start = nanoseconds.getAsLong();
    console.pass(name + " …");
  }

  @Override
  public void done(String name) {
    end(name, "");
  }

  @Override
  public void done(String name, long rows) {
    end(name, Figures.text(rows) + (rows == 1 ? " row" : " rows"));
  }

  private void end(String name, String rows) {
    String time = Figures.time(nanoseconds.getAsLong() - start);
    console.replace(isTerminal ? columns(name, rows, time) : sentence(name, rows, time));
  }

  private static String columns(String name, String rows, String time) {
    return Text.left(name, NAME_WIDTH)
        + Text.right(rows, ROWS_WIDTH)
        + Text.right(time, TIME_WIDTH);
  }

  private static String sentence(String name, String rows, String time) {
    return name + ": " + (rows.isEmpty() ? "" : rows + ", ") + time;
  }
}
