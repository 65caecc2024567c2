package io.karat.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.input.InputBalance.Term;
import io.karat.input.RowCounts.Tally;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows of one file, day and outcome.
 *
 * @param file the place of the file among those of its input
 */
public record FileRows(int file, Tally tally) {
  /** The order of the rows of one day. */
  static final Comparator<FileRows> ORDER =
      Comparator.comparing(FileRows::file).thenComparing(rows -> rows.tally().outcome());

  /** The day; empty if it cannot be read. */
  Optional<LocalDate> day() {
    return tally.day();
  }

  FileRows of(int otherFile) {
    return new FileRows(otherFile, tally);
  }

  static FileRows of(JsonNode json) {
    return new FileRows(
        json.path("file").asInt(),
        new Tally(
            Optional.ofNullable(json.get("day")).map(day -> LocalDate.parse(day.asText())),
            json.path("outcome").asText(),
            new Term(json.path("rows").asLong(), number(json, "amount")),
            number(json, "rounding"),
            counts(json.path("unreadable")),
            counts(json.path("unmatched"))));
  }

  private static BigDecimal number(JsonNode json, String name) {
    return new BigDecimal(json.path(name).asText("0"));
  }

  private static Map<String, Long> counts(JsonNode json) {
    Map<String, Long> counts = new TreeMap<>();
    json.properties().forEach(it -> counts.put(it.getKey(), it.getValue().asLong()));
    return counts;
  }

  void write(ObjectNode json) {
    json.put("file", file);
    tally.day().ifPresent(day -> json.put("day", day.toString()));
    json.put("outcome", tally.outcome()).put("rows", tally.term().rows());
    json.put("amount", tally.term().amount().toPlainString());
    json.put("rounding", tally.rounding().toPlainString());
    write(tally.unreadable(), "unreadable", json);
    write(tally.unmatched(), "unmatched", json);
  }

  private static void write(Map<String, Long> counts, String name, ObjectNode json) {
    if (!counts.isEmpty()) {
      ObjectNode all = json.putObject(name);
      new TreeMap<>(counts).forEach(all::put);
    }
  }
}
