package io.karat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.input.InputBalance;
import io.karat.input.InputTallies;
import io.karat.run.InputException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a night has read: the measures per customer, and the account of all rows.
 *
 * @param measures one row per customer, beside the tallies
 * @param customers of whom at least one row is used
 * @param repeatedKeys keys that stand for several events; none where they are not looked for
 */
record NightInput(
    String table,
    long files,
    long bytes,
    Dataset<Row> measures,
    long customers,
    Optional<Long> repeatedKeys,
    InputTallies tallies,
    InputBalance balance,
    SortedMap<LocalDate, Long> quarantinedByDay) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NAMED_DAYS = 5;
  private static final String ROWS_USED = "rows_used";

  NightInput withQuarantine(SortedMap<LocalDate, Long> byDay) {
    return new NightInput(
        table, files, bytes, measures, customers, repeatedKeys, tallies, balance, byDay);
  }

  /** What a later run wants to know of this input, to be kept with the commit. */
  JsonNode facts() {
    ObjectNode facts = JSON.createObjectNode();
    ObjectNode input = facts.putObject(table);
    input.put(ROWS_USED, balance.used().rows());
    ArrayNode days = input.putArray("days");
    tallies.candidatesByDay().keySet().forEach(day -> days.add(day.toString()));
    return facts;
  }

  /** How many rows of all inputs an earlier run used, going by its {@link #facts}. */
  static long rowsUsed(JsonNode facts) {
    long rows = 0;
    for (JsonNode input : facts) {
      rows += input.path(ROWS_USED).asLong();
    }
    return rows;
  }

  /**
   * Ends a run whose input is empty or begins after the as-of day.
   *
   * @throws InputException if it does
   */
  void requireRows(LocalDate asOf) {
    if (tallies.read().rows() == 0) {
      throw new InputException(
          "Input '%s' is empty: its files hold no row. Check what was delivered.".formatted(table));
    }

    LocalDate first = tallies.firstDay().orElse(asOf);
    if (first.isAfter(asOf)) {
      throw new InputException(
          "As-of day %s is before the first event of '%s' on %s. Choose a later day."
              .formatted(asOf, table, first));
    }
    if (tallies.tallies().stream().noneMatch(InputTallies.Tally::isWanted)) {
      throw new InputException(
          "Input '%s' has no row to use: 'where' excludes all %d. Correct 'inputs.%s.where'."
              .formatted(table, tallies.read().rows(), table));
    }
  }

  /**
   * Ends a run that no longer finds days that an earlier one read.
   *
   * @param earlier the facts of the earlier run; missing where there is none
   * @throws InputException if it does not find them
   */
  void requireDays(JsonNode earlier, LocalDate asOf) {
    SortedSet<LocalDate> vanished = new TreeSet<>();
    for (JsonNode text : earlier.path(table).path("days")) {
      LocalDate day = LocalDate.parse(text.asText());
      if (!day.isAfter(asOf)) {
        vanished.add(day);
      }
    }
    vanished.removeAll(tallies.candidatesByDay().keySet());
    if (!vanished.isEmpty()) {
      throw new InputException(
          ("Input '%s' no longer has %s that the live release read: %s."
                  + " Deliver them again, or publish to another output.path.")
              .formatted(table, days(vanished.size()), named(vanished)));
    }
  }

  private static String days(int count) {
    return count == 1 ? "1 day" : count + " days";
  }

  private static String named(SortedSet<LocalDate> days) {
    List<String> first = days.stream().limit(NAMED_DAYS).map(LocalDate::toString).toList();
    return String.join(", ", first) + (days.size() > NAMED_DAYS ? ", …" : "");
  }
}
