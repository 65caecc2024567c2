package io.karat.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * Prometheus metrics of the latest run, for the textfile collector of the node exporter. After a
 * failed run the metrics of the last success stay as they were, so that an alert can detect that
 * nights stopped coming.
 *
 * @param name the business's name of this job: a label of every sample
 * @param finished the time at which the run ended
 */
public record Metrics(String name, Instant finished) {
  private static final String SUCCESS_TIME = "karat_last_success_timestamp_seconds";
  private static final String SUCCESS_NIGHT = "karat_last_success_as_of_timestamp_seconds";
  private static final String CUSTOMERS = "karat_customers";
  private static final Set<String> KEPT = Set.of(SUCCESS_TIME, SUCCESS_NIGHT, CUSTOMERS);
  private static final Set<String> SUCCESSES = Set.of("published", "unchanged");
  private static final List<String> STATUSES = List.of("passed", "warned", "refused", "off");
  private static final String ROWS = "rows_";
  private static final String REUSED = "rows_reused";
  private static final String REBUILT = "days_rebuilt";
  private static final Set<String> OF_READING = Set.of("rows_read_now", REUSED);

  /**
   * The text of the metrics file after a run.
   *
   * @param report the report of the run
   * @param before the text of the file before the run
   */
  public String text(RunReport report, Optional<String> before) {
    JsonNode facts = report.node();
    PrometheusText text = new PrometheusText(Map.of("name", name));
    text.gauge("karat_last_run_timestamp_seconds", "When the latest run ended.");
    text.sample(seconds(finished));
    text.gauge("karat_last_run_exit_code", "How the latest run ended; 0 is well.");
    text.sample(facts.path("exit_code").decimalValue());
    text.gauge("karat_last_run_duration_seconds", "How long the latest run took.");
    text.sample(facts.path("seconds").decimalValue());
    addSuccess(facts, before, text);
    addStages(facts.path("stages"), text);
    addInputs(facts.path("inputs"), text);
    addReadings(facts.path("inputs"), text);
    addChecks(facts.path("checks"), text);
    return text.toString();
  }

  private void addSuccess(JsonNode facts, Optional<String> before, PrometheusText text) {
    Map<String, BigDecimal> kept = new TreeMap<>();
    before.ifPresent(earlier -> kept.putAll(PrometheusText.plainSamples(earlier, KEPT)));
    if (SUCCESSES.contains(facts.path("status").asText())) {
      kept.put(SUCCESS_TIME, seconds(finished));
      kept.put(SUCCESS_NIGHT, seconds(LocalDate.parse(facts.path("as_of_date").asText())));
      JsonNode customers = facts.path(NightFigures.NAME).path("customers");
      if (customers.isNumber()) {
        kept.put(CUSTOMERS, customers.decimalValue());
      }
    }
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put(SUCCESS_TIME, "When a run last ended with its tables published.");
    meanings.put(SUCCESS_NIGHT, "The start of the day that this run was as of, in UTC.");
    meanings.put(CUSTOMERS, "Customers of the night that was published last.");
    meanings.forEach(
        (metric, meaning) ->
            Optional.ofNullable(kept.get(metric))
                .ifPresent(
                    value -> {
                      text.gauge(metric, meaning);
                      text.sample(value);
                    }));
  }

  private static void addStages(JsonNode stages, PrometheusText text) {
    text.gauge("karat_stage_duration_seconds", "How long each stage of the latest run took.");
    for (JsonNode stage : stages) {
      text.sample(stage.path("seconds").decimalValue(), "stage", stage.path("name").asText());
    }
    text.gauge("karat_stage_rows", "Rows of each stage of the latest run that counts them.");
    for (JsonNode stage : stages) {
      if (stage.has("rows")) {
        text.sample(stage.path("rows").decimalValue(), "stage", stage.path("name").asText());
      }
    }
  }

  private static void addInputs(JsonNode inputs, PrometheusText text) {
    text.gauge("karat_input_rows", "Rows of each input of the latest run, by what became of them.");
    for (Map.Entry<String, JsonNode> input : inputs.properties()) {
      for (Map.Entry<String, JsonNode> fact : input.getValue().properties()) {
        if (fact.getKey().startsWith(ROWS) && !OF_READING.contains(fact.getKey())) {
          String outcome = fact.getKey().substring(ROWS.length());
          text.sample(fact.getValue().decimalValue(), "input", input.getKey(), "outcome", outcome);
        }
      }
    }
  }

  private static void addReadings(JsonNode inputs, PrometheusText text) {
    text.gauge("karat_input_rows_reused", "Rows of each input that the latest run did not read.");
    for (Map.Entry<String, JsonNode> input : inputs.properties()) {
      text.sample(input.getValue().path(REUSED).decimalValue(), "input", input.getKey());
    }
    text.gauge("karat_input_days_rebuilt", "Days of each input that the latest run built anew.");
    for (Map.Entry<String, JsonNode> input : inputs.properties()) {
      text.sample(input.getValue().path(REBUILT).decimalValue(), "input", input.getKey());
    }
  }

  private static void addChecks(JsonNode checks, PrometheusText text) {
    Map<String, Long> counts =
        StreamSupport.stream(checks.spliterator(), false)
            .collect(groupingBy(check -> check.path("status").asText(), counting()));
    text.gauge("karat_checks", "Checks of the latest run, by what they found.");
    for (String status : STATUSES) {
      text.sample(BigDecimal.valueOf(counts.getOrDefault(status, 0L)), "status", status);
    }
  }

  private static BigDecimal seconds(Instant instant) {
    return BigDecimal.valueOf(instant.getEpochSecond());
  }

  private static BigDecimal seconds(LocalDate day) {
    return seconds(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
