package io.karat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.night.NightResult;
import io.karat.quality.CheckResult;
import io.karat.run.ExitCode;
import io.karat.run.Json;
import io.karat.run.Progress;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * Log of events, each a JSON object on a line of its own: {@code time}, {@code level}, {@code
 * event} and the details of the event.
 */
final class JsonConsoleLog implements ConsoleLog {
  private static final String MESSAGE = "message";

  private final PrintStream out;
  private final InstantSource clock;

  JsonConsoleLog(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void note(String text) {
    event("INFO", "note", event -> event.put(MESSAGE, text));
  }

  @Override
  public void warn(String text) {
    event("WARN", "warning", event -> event.put(MESSAGE, text));
  }

  @Override
  public void fail(String text, ExitCode exitCode) {
    event(
        "ERROR", "failure", event -> event.put(MESSAGE, text).put("exit_code", exitCode.number()));
  }

  @Override
  public void crash(String text, String trace) {
    event(
        "ERROR",
        "failure",
        event ->
            event
                .put(MESSAGE, text)
                .put("exit_code", ExitCode.UNEXPECTED.number())
                .put("trace", trace));
  }

  @Override
  public void night(NightResult night) {
    event(
        "INFO",
        "night",
        event -> {
          event.put("run_id", night.run().id()).put("as_of_date", night.run().asOf().toString());
          event.put("status", night.isNew() ? "published" : "unchanged");
          event.put("is_live", night.isLive());
          night.figures().ifPresent(figures -> event.put("customers", figures.customers()));
          event.put("warnings", night.checks().stream().filter(CheckResult::isWarning).count());
        });
  }

  @Override
  public void end(ExitCode exitCode) {
    event("INFO", "end", event -> event.put("exit_code", exitCode.number()));
  }

  /** Does nothing: every line is complete when it is written. */
  @Override
  public void makeWay() {}

  @Override
  public Progress progress() {
    return new EventProgress(this, System::nanoTime);
  }

  /**
   * Logs one event.
   *
   * @param details adds the fields of the event
   */
  void event(String level, String name, Consumer<ObjectNode> details) {
    ObjectNode event = Json.TREES.createObjectNode();
    event.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    event.put("level", level);
    event.put("event", name);
    details.accept(event);
    out.println(text(event));
    out.flush();
  }

  private static String text(ObjectNode event) {
    try {
      return Json.TREES.writeValueAsString(event);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
