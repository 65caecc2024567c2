package io.karat.movement;

import static io.karat.settings.Translations.text;

import io.karat.quality.CheckResult;
import io.karat.settings.BilingualText;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * The result of movement analysis for one night.
 *
 * @param transitions the rows of that table
 * @param stateValues the rows of that table
 * @param since the nights that were compared in at least one model, by period
 * @param pairs the number of pairs of nights in the Markov chain
 * @param kept the pairs that later nights need of this one; empty if it has no night to compare
 *     with
 * @param checks the check of the forecast of a period ago; empty if there is none to check
 */
public record MovementResult(
    List<Row> transitions,
    List<Row> stateValues,
    SortedMap<Integer, LocalDate> since,
    int pairs,
    List<PairOfNights> kept,
    List<CheckResult> checks) {
  /** The names of states that no model has. */
  static final Map<String, BilingualText> NAMES =
      Map.of(
          StateMove.NEVER_SEEN, text("movement.never_seen"),
          StateMove.LEFT, text("movement.left"),
          StateMove.UNKNOWN, text("movement.not_known"));

  public MovementResult {
    transitions = List.copyOf(transitions);
    stateValues = List.copyOf(stateValues);
    since = Collections.unmodifiableSortedMap(new TreeMap<>(since));
    kept = List.copyOf(kept);
    checks = List.copyOf(checks);
  }

  /** An empty result. */
  public static MovementResult none() {
    return new MovementResult(List.of(), List.of(), new TreeMap<>(), 0, List.of(), List.of());
  }
}
