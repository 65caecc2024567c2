package io.karat.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.quality.CheckResult;
import io.karat.run.ExitCode;
import io.karat.run.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Report of a run for people and machines, {@code run_report.json}, also of a run that failed.
 *
 * @param startedAt the start as an instant
 * @param stages the stages that ended, in order
 * @param end empty while the run goes on
 */
public record RunReport(
    String command, String startedAt, List<Stage> stages, NightFacts facts, Optional<End> end) {
  public RunReport {
    stages = List.copyOf(stages);
  }

  /**
   * Stage that ended.
   *
   * @param rows the number of rows; empty if they are not counted
   */
  public record Stage(String name, double seconds, OptionalLong rows) {}

  /** End of a run. */
  public record End(String status, ExitCode exitCode, String message, double seconds) {}

  /** The report as JSON. */
  public String json() {
    return json(UnaryOperator.identity());
  }

  /**
   * The report as JSON.
   *
   * @param shown what is shown of a sentence
   */
  public String json(UnaryOperator<String> shown) {
    try {
      return Json.TREES.writerWithDefaultPrettyPrinter().writeValueAsString(node(shown)) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The report as a tree. */
  JsonNode node() {
    return node(UnaryOperator.identity());
  }

  private JsonNode node(UnaryOperator<String> shown) {
    ObjectNode report = Json.TREES.createObjectNode();
    report.put("format", 1);
    report.put("command", command);
    report.put("started_at", startedAt);
    facts
        .run()
        .ifPresent(run -> report.put("run_id", run.id()).put("as_of_date", run.asOf().toString()));
    stages.forEach(stage -> add(stage, report.withArray("stages").addObject()));
    facts
        .inputs()
        .forEach(input -> add(input, shown, report.withObject("/inputs/" + input.name())));
    facts.switchedOff().ifPresent(off -> add(off, shown, report));
    facts.checks().forEach(check -> add(check, shown, report.withArray("checks").addObject()));
    facts.remarks().forEach(remark -> report.withArray("remarks").add(shown.apply(remark.en())));
    facts.figures().ifPresent(figures -> report.set(NightFigures.NAME, figures.json()));
    addTables(report);
    end.ifPresent(it -> add(it, shown, report));
    return report;
  }

  private static void add(Stage stage, ObjectNode node) {
    node.put("name", stage.name());
    node.put("seconds", rounded(stage.seconds()));
    stage.rows().ifPresent(rows -> node.put("rows", rows));
  }

  private static void add(NightFacts.Input input, UnaryOperator<String> shown, ObjectNode node) {
    node.put("files", input.files());
    node.put("bytes", input.bytes());
    input.state().ifPresent(state -> node.put("state", shown.apply(state)));
    input.known().ifPresent(day -> node.put("known_on", day));
    input.firstDay().ifPresent(day -> node.put("first_day", day.toString()));
    input
        .balance()
        .terms()
        .forEach(
            (name, term) -> {
              node.put("rows_" + name, term.rows());
              node.put("amount_" + name, term.amount().stripTrailingZeros());
            });
    node.put("rows_read_now", input.reading().rowsReadNow());
    node.put("rows_reused", input.reading().rowsReused());
    node.put("days_rebuilt", input.reading().daysRebuilt());
    if (!input.reading().whole().isEmpty()) {
      node.put("read_whole_because", shown.apply(input.reading().whole()));
    }
    node.put("rounding", input.balance().rounding().stripTrailingZeros());
  }

  private static void add(
      NightFacts.SwitchedOff off, UnaryOperator<String> shown, ObjectNode report) {
    ObjectNode indicators = report.putObject("switched_off");
    off.indicators().forEach((name, reason) -> indicators.put(name, shown.apply(reason)));
    ObjectNode models = report.putObject("models_switched_off");
    off.models().forEach((name, reason) -> models.put(name, shown.apply(reason)));
  }

  private static void add(CheckResult result, UnaryOperator<String> shown, ObjectNode node) {
    node.put("check", result.check());
    node.put("table", result.table());
    node.put("metric", result.metric());
    node.put("status", result.status());
    result.value().ifPresent(value -> node.put("value", value));
    result.limit().ifPresent(limit -> node.put("limit", limit));
    node.put("message", shown.apply(result.message().en()));
  }

  private void addTables(ObjectNode report) {
    if (facts.tables().isEmpty()) {
      return;
    }
    facts
        .tables()
        .forEach(
            (name, table) -> {
              ObjectNode node = report.withObject("/tables/" + name);
              node.put("rows", table.rows());
              table.contentHash().ifPresent(hash -> node.put("content_hash", hash));
            });
    ObjectNode models = report.putObject("models");
    facts
        .models()
        .forEach(
            (kind, model) ->
                models.putObject(kind).put("id", model.id()).put("origin", model.origin().words()));
  }

  private static void add(End end, UnaryOperator<String> shown, ObjectNode report) {
    report.put("status", end.status());
    report.put("exit_code", end.exitCode().number());
    report.put("message", shown.apply(end.message()));
    report.put("seconds", rounded(end.seconds()));
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1_000) / 1_000.0;
  }
}
