package io.karat.movement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.run.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The moves of customers from one night to another, a period later: a few numbers, kept with the
 * later night, so that no night has to read the customers of all earlier ones.
 *
 * @param from the night at the start
 * @param to the night at the end
 * @param fromRun the run whose rows were compared
 * @param periodDays the {@link ComparisonPeriod}; the nights may be some days more or less apart
 * @param moves in the order of {@link StateMove#ORDER}
 */
public record PairOfNights(
    LocalDate from, LocalDate to, String fromRun, int periodDays, List<StateMove> moves) {
  /** The name of the file beside the history of the later night. */
  public static final String FILE = "moves.json";

  private static final int FORMAT = 2;

  public PairOfNights {
    moves = List.copyOf(moves);
  }

  /** The days between the two nights. */
  int daysBetween() {
    return (int) ChronoUnit.DAYS.between(from, to);
  }

  /** The moves of one model; empty if one of the nights does not have it. */
  List<StateMove> moves(String model) {
    return moves.stream().filter(move -> move.model().equals(model)).toList();
  }

  /** The content of the file; the same for the same pair. */
  public String json() {
    ObjectNode root = Json.TREES.createObjectNode();
    root.put("format", FORMAT);
    root.put("from", from.toString());
    root.put("to", to.toString());
    root.put("from_run", fromRun);
    root.put("period_days", periodDays);
    for (StateMove move : moves) {
      root.withArray("moves")
          .addObject()
          .put("model", move.model())
          .put("from", move.from())
          .put("to", move.to())
          .put("customers", move.customers())
          .put("net_sales_amount", move.bought().toPlainString());
    }
    return root.toPrettyString() + "\n";
  }

  /**
   * Parses the file.
   *
   * @return empty for a file of another format, as an earlier version counted other amounts
   * @throws IllegalStateException if it is not one: only this class writes it
   */
  public static Optional<PairOfNights> parse(String json) {
    try {
      JsonNode root = Json.TREES.readTree(json);
      return root.path("format").asInt() == FORMAT ? Optional.of(read(root)) : Optional.empty();
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(FILE + " cannot be read", broken);
    }
  }

  private static PairOfNights read(JsonNode root) {
    List<StateMove> moves = new ArrayList<>();
    for (JsonNode move : root.path("moves")) {
      moves.add(
          new StateMove(
              move.path("model").asText(),
              move.path("from").asText(),
              move.path("to").asText(),
              move.path("customers").asLong(),
              new BigDecimal(move.path("net_sales_amount").asText())));
    }
    return new PairOfNights(
        LocalDate.parse(root.path("from").asText()),
        LocalDate.parse(root.path("to").asText()),
        root.path("from_run").asText(),
        root.path("period_days").asInt(),
        moves);
  }
}
