package io.karat.night;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.input.InputBalance;
import io.karat.input.KeyCounts;
import io.karat.input.RowCounts;
import io.karat.quality.CustomerOverlap;
import io.karat.quality.QuarantinedRows;
import io.karat.report.NightFacts;
import io.karat.run.InputException;
import io.karat.settings.InputTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Account of the rows of one input: tallies, balance and quarantined rows.
 *
 * @param keys the counts of its keys; empty if uniqueness is not checked
 * @param largestCustomer the number of used rows of the customer with the most; empty of an input
 *     without customers
 * @param overlap its customers beside those of the leading input; empty if that says nothing
 * @param reading what was read of it now
 */
public record InputAccount(
    NightSource source,
    Optional<KeyCounts> keys,
    RowCounts tallies,
    InputBalance balance,
    QuarantinedRows quarantined,
    Optional<Long> largestCustomer,
    Optional<CustomerOverlap> overlap,
    NightFacts.Reading reading) {
  private static final int NAMED_DAYS = 5;
  private static final String ROWS_USED = "rows_used";
  private static final String DAYS = "days";

  public InputTable table() {
    return source.table();
  }

  public String name() {
    return table().tableName();
  }

  /** The rows of the input by outcome, in a line of the log. */
  String inWords() {
    String read = source.content().state().orElseGet(() -> "%d files".formatted(source.files()));
    return balance.terms().entrySet().stream()
        .map(term -> "%d %s".formatted(term.getValue().rows(), term.getKey().replace('_', ' ')))
        .collect(joining(", ", "%s: %s; rows: ".formatted(name(), read), "; " + reading.inWords()));
  }

  /** The fact of the input for the run's record. */
  NightFacts.Input fact() {
    return new NightFacts.Input(
        name(),
        source.files(),
        source.bytes(),
        source.content().state(),
        source.knownOn(),
        tallies.firstDay(),
        balance,
        reading);
  }

  /** What was read and reused, in words; empty if all was read. */
  Optional<String> reused() {
    return reading.rowsReused() > 0
        ? Optional.of("%s: %s".formatted(name(), reading.inWords()))
        : Optional.empty();
  }

  InputAccount with(CustomerOverlap shared) {
    return new InputAccount(
        source, keys, tallies, balance, quarantined, largestCustomer, Optional.of(shared), reading);
  }

  InputAccount with(QuarantinedRows rows) {
    return new InputAccount(
        source, keys, tallies, balance, rows, largestCustomer, overlap, reading);
  }

  /** Writes the facts that a later run compares: rows used and, of event tables, the days. */
  void describe(ObjectNode facts) {
    facts.put(ROWS_USED, balance.used().rows());
    if (!table().isSnapshot()) {
      ArrayNode days = facts.putArray(DAYS);
      tallies.candidatesByDay().keySet().forEach(day -> days.add(day.toString()));
    }
  }

  /** The number of rows that an earlier run used; empty if it did not read this input. */
  Optional<Long> usedBefore(Optional<JsonNode> earlier) {
    return earlier
        .map(facts -> facts.path(name()).path(ROWS_USED))
        .filter(JsonNode::isNumber)
        .map(JsonNode::asLong);
  }

  /**
   * Ends a run whose input is empty, or whose leading input has no row that its {@code where}
   * selects, or begins after the as-of day.
   *
   * @param isLeading whether the night stands on this input
   * @throws InputException if it does
   */
  void requireRows(LocalDate asOf, boolean isLeading) {
    boolean mayBeEmpty =
        switch (table()) {
          case TRANSACTIONS, PAYMENTS, CONTACTS, CUSTOMERS -> false;
          case OPPORTUNITIES, ALIASES, MARKETS -> !isLeading;
        };
    if (tallies.read().rows() == 0 && !mayBeEmpty) {
      throw new InputException(
          "Input '%s' is empty: %s no row. Check what was delivered."
              .formatted(
                  name(),
                  source
                      .content()
                      .state()
                      .map(state -> state + " holds")
                      .orElse("its files hold")));
    }
    if (isLeading) {
      requireUsableRows(asOf);
    }
  }

  private void requireUsableRows(LocalDate asOf) {
    LocalDate first = tallies.firstDay().orElse(asOf);
    if (first.isAfter(asOf)) {
      throw new InputException(
          "As-of day %s is before the first event of '%s' on %s. Choose a later day."
              .formatted(asOf, name(), first));
    }
    if (tallies.tallies().stream().noneMatch(RowCounts.Tally::isWanted)) {
      throw new InputException(
          ("Input '%s' has no row to use: 'where' is true for none of %d; a row for which it is"
                  + " null is left out too. Correct 'inputs.%s.where'.")
              .formatted(name(), tallies.read().rows(), name()));
    }
  }

  /**
   * Ends a run if days are missing that an earlier run read.
   *
   * @param earlier the facts of the earlier run; a missing node without one
   * @throws InputException naming the missing days
   */
  void requireDays(JsonNode earlier, LocalDate asOf) {
    SortedSet<LocalDate> vanished = new TreeSet<>();
    for (JsonNode text : earlier.path(name()).path(DAYS)) {
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
              .formatted(name(), days(vanished.size()), named(vanished)));
    }
  }

  /** Days in words, as {@code 1 day} and {@code 1,200 days}. */
  static String days(int count) {
    return count == 1 ? "1 day" : "%,d days".formatted(count);
  }

  private static String named(SortedSet<LocalDate> days) {
    List<String> first = days.stream().limit(NAMED_DAYS).map(LocalDate::toString).toList();
    return String.join(", ", first) + (days.size() > NAMED_DAYS ? ", …" : "");
  }
}
