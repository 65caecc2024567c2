package io.karat.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.run.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * State that a night keeps for the next one. The days of its customers lie beside it in files.
 *
 * @param asOf the night, after which no event counts
 * @param aliases a digest of the aliases of customers
 * @param customers the files with the days of customers, and their sizes in bytes
 * @param inputs the inputs whose days are there, by name
 * @param cohorts the months of cohorts
 * @param partitions the number of partitions of these files by customer; 0 if they have none
 */
public record NightState(
    LocalDate asOf,
    String aliases,
    SortedMap<String, Long> customers,
    SortedMap<String, InputState> inputs,
    List<CohortMonth> cohorts,
    int partitions) {
  private static final int FORMAT = 2;

  public NightState {
    cohorts = List.copyOf(cohorts);
    customers = Collections.unmodifiableSortedMap(new TreeMap<>(customers));
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
  }

  /** The state as text. */
  public String json() {
    ObjectNode json = Json.TREES.createObjectNode();
    json.put("format", FORMAT).put("as_of_date", asOf.toString()).put("aliases", aliases);
    json.put("partitions", partitions);
    ObjectNode files = json.putObject("customers");
    customers.forEach(files::put);
    ObjectNode all = json.putObject("inputs");
    inputs.forEach((name, input) -> input.write(all.putObject(name)));
    ArrayNode months = json.putArray("cohorts");
    cohorts.forEach(month -> month.write(months.addObject()));
    return json + "\n";
  }

  /**
   * Whether a state can be read, and its customers are there.
   *
   * @param customers the files that are there, and their sizes in bytes
   */
  public static boolean isWhole(String text, SortedMap<String, Long> customers) {
    return parse(text).filter(state -> state.customers().equals(customers)).isPresent();
  }

  /** The months of cohorts before a day, which is the first of a month. */
  public List<CohortMonth> cohortsBefore(LocalDate first) {
    int month = 12 * first.getYear() + first.getMonthValue();
    return cohorts.stream().filter(it -> it.month() < month).toList();
  }

  /** Reads what {@link #json} wrote; empty if it is cut off, or of another version of Karat. */
  public static Optional<NightState> parse(String text) {
    try {
      JsonNode json = Json.TREES.readTree(text);
      return json.path("format").asInt() == FORMAT ? Optional.of(of(json)) : Optional.empty();
    } catch (JsonProcessingException cut) {
      return Optional.empty();
    }
  }

  private static NightState of(JsonNode json) {
    SortedMap<String, Long> customers = new TreeMap<>();
    json.path("customers")
        .properties()
        .forEach(it -> customers.put(it.getKey(), it.getValue().asLong()));
    SortedMap<String, InputState> inputs = new TreeMap<>();
    json.path("inputs")
        .properties()
        .forEach(it -> inputs.put(it.getKey(), InputState.of(it.getValue())));
    List<CohortMonth> cohorts = new ArrayList<>();
    json.path("cohorts").forEach(month -> cohorts.add(CohortMonth.of(month)));
    return new NightState(
        LocalDate.parse(json.path("as_of_date").asText()),
        json.path("aliases").asText(),
        customers,
        inputs,
        cohorts,
        json.path("partitions").asInt());
  }
}
