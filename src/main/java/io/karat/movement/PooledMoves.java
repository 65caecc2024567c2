package io.karat.movement;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The moves of one model, added up over all pairs of nights as they were observed.
 *
 * @param pairs the number of pairs in which both nights have the model
 * @param days the sum of the days between their nights
 * @param customers by state at the start, then by state at the end
 * @param boughtFrom net sales between the nights, by state at the start, then by the days between
 */
record PooledMoves(
    int pairs,
    long days,
    Map<String, Map<String, Long>> customers,
    Map<String, SortedMap<Integer, BigDecimal>> boughtFrom) {
  static PooledMoves of(String model, List<PairOfNights> pairs) {
    Map<String, Map<String, Long>> customers = new TreeMap<>();
    Map<String, SortedMap<Integer, BigDecimal>> bought = new TreeMap<>();
    int known = 0;
    long days = 0;
    for (PairOfNights pair : pairs) {
      List<StateMove> moves = pair.moves(model);
      known += moves.isEmpty() ? 0 : 1;
      days += moves.isEmpty() ? 0 : pair.daysBetween();
      for (StateMove move : moves) {
        customers
            .computeIfAbsent(move.from(), it -> new TreeMap<>())
            .merge(move.to(), move.customers(), Long::sum);
        bought
            .computeIfAbsent(move.from(), it -> new TreeMap<>())
            .merge(pair.daysBetween(), move.bought(), BigDecimal::add);
      }
    }
    return new PooledMoves(known, days, customers, bought);
  }

  /** The mean number of days between the two nights of a pair; there must be a pair. */
  double meanDays() {
    return (double) days / pairs;
  }

  /** Every state with customers. */
  Set<String> states() {
    Set<String> states = new TreeSet<>(customers.keySet());
    customers.values().forEach(to -> states.addAll(to.keySet()));
    return states;
  }

  /** Customers in a state at the start of a pair. */
  long observed(String state) {
    return from(state).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Customers in a state at both the start and the end of a pair. */
  long stayed(String state) {
    return from(state).getOrDefault(state, 0L);
  }

  /**
   * Mean net sales in a number of days of customers in a state at the start: what they bought
   * between the nights of each pair, times these days by the days between.
   *
   * @return empty if nobody was in the state
   */
  Optional<BigDecimal> mean(String state, int inDays) {
    long observed = observed(state);
    return observed == 0
        ? Optional.empty()
        : Optional.of(
            bought(state, inDays).divide(BigDecimal.valueOf(observed), MathContext.DECIMAL128));
  }

  /** Net sales of customers in a state at the start, between the two nights of all pairs. */
  BigDecimal bought(String state) {
    return boughtFrom.getOrDefault(state, new TreeMap<>()).values().stream()
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal bought(String state, int inDays) {
    return boughtFrom.getOrDefault(state, new TreeMap<>()).entrySet().stream()
        .map(
            amount ->
                amount
                    .getValue()
                    .multiply(BigDecimal.valueOf(inDays))
                    .divide(BigDecimal.valueOf(amount.getKey()), MathContext.DECIMAL128))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private Map<String, Long> from(String state) {
    return customers.getOrDefault(state, Map.of());
  }
}
