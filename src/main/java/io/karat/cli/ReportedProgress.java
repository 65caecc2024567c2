package io.karat.cli;

import io.karat.report.RunReport;
import io.karat.run.Progress;
import io.karat.run.Run;
import java.util.function.LongSupplier;

/** Listener that shows stages on the console and adds them to the run report. */
final class ReportedProgress implements Progress {
  private static final double NANOSECONDS = 1e9;

  private final Progress console;
  private final RunReport report;
  private final LongSupplier nanoseconds;
  private long start;

  ReportedProgress(Progress console, RunReport report, LongSupplier nanoseconds) {
    this.console = console;
    this.report = report;
    this.nanoseconds = nanoseconds;
    this.start = nanoseconds.getAsLong();
  }

  @Override
  public void run(Run run) {
    console.run(run);
  }

  @Override
  public void stage(String name) {
    start = nanoseconds.getAsLong();
    console.stage(name);
  }

  @Override
  public void done(String name) {
    report.stage(name, seconds(), -1);
    console.done(name);
  }

  @Override
  public void done(String name, long rows) {
    report.stage(name, seconds(), rows);
    console.done(name, rows);
  }

  private double seconds() {
    return (nanoseconds.getAsLong() - start) / NANOSECONDS;
  }
}
