package io.karat.movement;

import io.karat.settings.BilingualText;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What there is to say of how customers moved up to one night.
 *
 * @param transitions the rows of that table
 * @param stateValues the rows of that table
 * @param since the nights that were compared, by period
 * @param pairs how many pairs of nights the Markov chain counts
 * @param kept what later nights need of this one; empty where it has no night to compare with
 */
public record MovementResult(
    List<Row> transitions,
    List<Row> stateValues,
    SortedMap<Integer, LocalDate> since,
    int pairs,
    List<PairOfNights> kept) {
  /** What is called so in the column of a state, though no model has it. */
  static final Map<String, BilingualText> NAMES =
      Map.of(
          StateMove.NEVER_SEEN, new BilingualText("Never seen before", "此前未出现"),
          StateMove.LEFT, new BilingualText("Left", "已离开"),
          StateMove.UNKNOWN, new BilingualText("Not known", "未知"));

  public MovementResult {
    transitions = List.copyOf(transitions);
    stateValues = List.copyOf(stateValues);
    since = Collections.unmodifiableSortedMap(new TreeMap<>(since));
    kept = List.copyOf(kept);
  }

  /** Nothing. */
  public static MovementResult none() {
    return new MovementResult(List.of(), List.of(), new TreeMap<>(), 0, List.of());
  }
}
