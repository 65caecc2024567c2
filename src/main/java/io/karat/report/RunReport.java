package io.karat.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.indicators.MissingInputs;
import io.karat.input.InputBalance;
import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import io.karat.quality.CheckResult;
import io.karat.run.ExitCode;
import io.karat.run.Run;
import io.karat.settings.BilingualText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Report of a run for people and machines, {@code run_report.json}, also of a run that failed. */
public final class RunReport {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private final ObjectNode facts = JSON.createObjectNode();

  public RunReport(String command, String startedAt) {
    facts.put("format", 1);
    facts.put("command", command);
    facts.put("started_at", startedAt);
  }

  public void run(Run run) {
    facts.put("run_id", run.id());
    facts.put("as_of_date", run.asOf().toString());
  }

  /**
   * Adds a finished stage.
   *
   * @param rows the number of rows; below 0 if they are not counted
   */
  public void stage(String name, double seconds, long rows) {
    ObjectNode stage = facts.withArray("stages").addObject();
    stage.put("name", name);
    stage.put("seconds", Math.round(seconds * 1_000) / 1_000.0);
    if (rows >= 0) {
      stage.put("rows", rows);
    }
  }

  /**
   * Adds an input with its rows by outcome.
   *
   * @param known the day for which a snapshot's rows are valid; empty for event tables
   */
  public void input(
      String table, long files, long bytes, Optional<String> known, InputBalance balance) {
    ObjectNode input = facts.withObject("/inputs/" + table);
    input.put("files", files);
    input.put("bytes", bytes);
    known.ifPresent(day -> input.put("known_on", day));
    Map<String, InputBalance.Term> terms = balance.terms();
    terms.forEach(
        (name, term) -> {
          input.put("rows_" + name, term.rows());
          input.put("amount_" + name, term.amount().stripTrailingZeros());
        });
    input.put("rounding", balance.rounding().stripTrailingZeros());
  }

  /**
   * Adds the indicators and models that are switched off, with the reasons.
   *
   * @param models default models and parts of them
   */
  public void switchedOff(
      Map<String, MissingInputs> indicators, Map<String, BilingualText> models) {
    ObjectNode off = facts.putObject("switched_off");
    new TreeMap<>(indicators).forEach((indicator, missing) -> off.put(indicator, missing.list()));
    ObjectNode parts = facts.putObject("models_switched_off");
    new TreeMap<>(models).forEach((part, reason) -> parts.put(part, reason.en()));
  }

  public void checks(List<CheckResult> results) {
    facts.remove("checks");
    for (CheckResult result : results) {
      ObjectNode check = facts.withArray("checks").addObject();
      check.put("check", result.check());
      check.put("table", result.table());
      check.put("metric", result.metric());
      check.put("status", result.status());
      result.value().ifPresent(value -> check.put("value", value));
      result.limit().ifPresent(limit -> check.put("limit", limit));
      check.put("message", result.message().en());
    }
  }

  /** Adds remarks for the readers of the tables. */
  public void remarks(List<BilingualText> remarks) {
    remarks.forEach(remark -> facts.withArray("remarks").add(remark.en()));
  }

  /** Adds the key figures of the night. */
  public void figures(NightFigures figures) {
    facts.set(NightFigures.NAME, figures.json());
  }

  public void tables(Map<String, Release.Table> tables) {
    tables.forEach(
        (name, table) -> {
          ObjectNode entry = facts.withObject("/tables/" + name);
          entry.put("rows", table.rows());
          table.contentHash().ifPresent(hash -> entry.put("content_hash", hash));
        });
  }

  /** Adds the models with which the tables were made, by kind. */
  public void models(Map<String, UsedModel> models) {
    ObjectNode all = facts.putObject("models");
    new TreeMap<>(models)
        .forEach(
            (kind, model) ->
                all.putObject(kind).put("id", model.id()).put("origin", model.origin().words()));
  }

  /** Adds the end of the run. */
  public void end(String status, ExitCode exitCode, String message, double seconds) {
    facts.put("status", status);
    facts.put("exit_code", exitCode.number());
    facts.put("message", message);
    facts.put("seconds", Math.round(seconds * 1_000) / 1_000.0);
  }

  /** The content so far, as a copy. */
  JsonNode facts() {
    return facts.deepCopy();
  }

  /** The report as JSON. */
  public String json() {
    try {
      return JSON.writeValueAsString(facts) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
