package io.karat.movement;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The moves of one model, added up over all pairs of nights.
 *
 * @param pairs the number of pairs in which both nights have the model
 * @param customers by state at the start, then by state at the end
 * @param boughtFrom net sales in the period, by state at the start
 */
record PooledMoves(
    int pairs, Map<String, Map<String, Long>> customers, Map<String, BigDecimal> boughtFrom) {
  static PooledMoves of(String model, List<PairOfNights> pairs) {
    Map<String, Map<String, Long>> customers = new TreeMap<>();
    Map<String, BigDecimal> bought = new TreeMap<>();
    int known = 0;
    for (PairOfNights pair : pairs) {
      List<StateMove> moves = pair.moves().stream().filter(it -> it.model().equals(model)).toList();
      known += moves.isEmpty() ? 0 : 1;
      for (StateMove move : moves) {
        customers
            .computeIfAbsent(move.from(), it -> new TreeMap<>())
            .merge(move.to(), move.customers(), Long::sum);
        bought.merge(move.from(), move.bought(), BigDecimal::add);
      }
    }
    return new PooledMoves(known, customers, bought);
  }

  /** Every state with customers. */
  Set<String> states() {
    Set<String> states = new TreeSet<>(customers.keySet());
    customers.values().forEach(to -> states.addAll(to.keySet()));
    return states;
  }

  /** Customers in a state at the start of a period. */
  long observed(String state) {
    return from(state).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Customers in a state at both the start and the end of a period. */
  long stayed(String state) {
    return from(state).getOrDefault(state, 0L);
  }

  /** The net sales in the period of customers in a state at its start. */
  BigDecimal bought(String state) {
    return boughtFrom.getOrDefault(state, BigDecimal.ZERO);
  }

  private Map<String, Long> from(String state) {
    return customers.getOrDefault(state, Map.of());
  }
}
