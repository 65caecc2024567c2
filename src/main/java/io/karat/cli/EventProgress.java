package io.karat.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.run.Progress;
import io.karat.run.Run;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Listener that logs an event at the beginning of a stage, and one with rows and seconds at its
 * end.
 */
final class EventProgress implements Progress {
  private static final double NANOSECONDS = 1e9;

  private final JsonConsoleLog remarks;
  private final LongSupplier nanoseconds;
  private Optional<Run> run = Optional.empty();
  private long start;

  EventProgress(JsonConsoleLog remarks, LongSupplier nanoseconds) {
    this.remarks = remarks;
    this.nanoseconds = nanoseconds;
    this.start = nanoseconds.getAsLong();
  }

  @Override
  public void run(Run known) {
    run = Optional.of(known);
  }

  @Override
  public void stage(String name) {
    start = nanoseconds.getAsLong();
    remarks.event("INFO", "stage_begin", event -> describe(event, name));
  }

  @Override
  public void done(String name) {
    end(name, OptionalLong.empty());
  }

  @Override
  public void done(String name, long rows) {
    end(name, OptionalLong.of(rows));
  }

  private void end(String name, OptionalLong rows) {
    double seconds = (nanoseconds.getAsLong() - start) / NANOSECONDS;
    remarks.event(
        "INFO",
        "stage_end",
        event -> {
          describe(event, name);
          rows.ifPresent(count -> event.put("rows", count));
          event.put("seconds", Math.round(seconds * 1_000) / 1_000.0);
        });
  }

  private void describe(ObjectNode event, String stage) {
    run.ifPresent(it -> event.put("run_id", it.id()).put("as_of_date", it.asOf().toString()));
    event.put("stage", stage);
  }
}
