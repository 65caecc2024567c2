package io.karat.movement;

import io.karat.scores.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The order of the states of a model, for tables and for calculation. */
final class StateOrder {
  /** The states that no model has, which come last. */
  private static final List<String> LAST =
      List.of(StateMove.UNKNOWN, StateMove.NEVER_SEEN, StateMove.LEFT);

  private StateOrder() {}

  /** The states of a model, then other found ones by name, then those that no model has. */
  static List<String> of(State state, Collection<String> found) {
    Set<String> ordered = new LinkedHashSet<>(state.codes());
    Set<String> others = new TreeSet<>(found);
    LAST.forEach(others::remove);
    ordered.addAll(others);
    List<String> last = new ArrayList<>(LAST);
    last.retainAll(Set.copyOf(found));
    ordered.addAll(last);
    return List.copyOf(ordered);
  }
}
