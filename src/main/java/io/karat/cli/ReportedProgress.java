package io.karat.cli;

import io.karat.report.RunRecord;
import io.karat.report.RunReport.Stage;
import io.karat.run.Progress;
import io.karat.run.Run;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Listener that shows stages on the console and adds them to the run report. */
final class ReportedProgress implements Progress {
  private static final double NANOSECONDS = 1e9;

  private final Progress console;
  private final Consumer<String> notes;
  private final RunRecord record;
  private final LongSupplier nanoseconds;
  private long start;

  ReportedProgress(
      Progress console, Consumer<String> notes, RunRecord record, LongSupplier nanoseconds) {
    this.console = console;
    this.notes = notes;
    this.record = record;
    this.nanoseconds = nanoseconds;
    this.start = nanoseconds.getAsLong();
  }

  @Override
  public void note(String text) {
    notes.accept(text);
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
    record.add(new Stage(name, seconds(), OptionalLong.empty()));
    console.done(name);
  }

  @Override
  public void done(String name, long rows) {
    record.add(new Stage(name, seconds(), OptionalLong.of(rows)));
    console.done(name, rows);
  }

  private double seconds() {
    return (nanoseconds.getAsLong() - start) / NANOSECONDS;
  }
}
