package io.karat.movement;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Forecast of net sales that could be made on the earlier night of a pair, from the pairs that had
 * ended by then, beside the net sales since.
 *
 * @param from the earlier night
 * @param states by state on the earlier night; a state that was hardly observed before has none
 * @param all of the customers of these states together
 */
record PastForecast(LocalDate from, SortedMap<String, Outcome> states, Outcome all) {
  private static final double ROUNDING = 1e-9;

  /**
   * Outcome of the forecast of some customers.
   *
   * @param customers the number of customers
   * @param expected net sales expected between the two nights
   * @param interval the 95 % prediction interval
   * @param actual net sales between the two nights
   */
  record Outcome(long customers, double expected, StudentInterval interval, BigDecimal actual) {
    /** Net sales of one of the customers. */
    BigDecimal actualMean() {
      return actual.divide(BigDecimal.valueOf(customers), MathContext.DECIMAL128);
    }

    /**
     * Whether net sales are outside the interval by more than rounding, even if it has no width.
     */
    boolean isMissed() {
      double rounding = ROUNDING * Math.abs(expected);
      return actual.doubleValue() < interval.low() - rounding
          || actual.doubleValue() > interval.high() + rounding;
    }
  }

  /**
   * The forecast for a pair of nights.
   *
   * @param earlier other pairs, in any order
   * @return empty if fewer than six of them had ended by its earlier night, if these show fewer
   *     than three periods, or if they observed none of its states
   */
  static Optional<PastForecast> of(String model, PairOfNights pair, List<PairOfNights> earlier) {
    List<PairOfNights> ended =
        earlier.stream()
            .filter(it -> !it.to().isAfter(pair.from()) && !it.moves(model).isEmpty())
            .toList();
    Past past = Past.of(model, ended, pair);
    Set<String> states = past.knownStates();
    if (ended.size() < PairGroups.FEWEST_PAIRS
        || past.groups().size() < PairGroups.FEWEST_GROUPS
        || states.isEmpty()) {
      return Optional.empty();
    }

    SortedMap<String, Outcome> forecasts = new TreeMap<>();
    states.forEach(state -> forecasts.put(state, past.forecast(Set.of(state))));
    return Optional.of(new PastForecast(pair.from(), forecasts, past.forecast(states)));
  }

  /**
   * Moves before a pair of nights.
   *
   * @param since the moves of the pair
   * @param all the moves of the pairs that had ended
   * @param groups the same by groups of successive pairs, as many as there are periods
   * @param days the days between the nights of the pair
   */
  private record Past(PooledMoves since, PooledMoves all, List<PooledMoves> groups, int days) {
    /** The fewest groups that show how much net sales of a state vary. */
    private static final int FEWEST_GROUPS = 2;

    static Past of(String model, List<PairOfNights> ended, PairOfNights pair) {
      return new Past(
          PooledMoves.of(model, List.of(pair)),
          PooledMoves.of(model, ended),
          PairGroups.ofPeriods(ended).stream().map(group -> PooledMoves.of(model, group)).toList(),
          pair.daysBetween());
    }

    /** The states of the earlier night that enough groups observed. */
    Set<String> knownStates() {
      Set<String> states = new TreeSet<>(since.customers().keySet());
      states.remove(StateMove.NEVER_SEEN);
      states.removeIf(
          state ->
              groups.stream().filter(group -> group.observed(state) > 0).count() < FEWEST_GROUPS);
      return states;
    }

    /**
     * The forecast of customers who were in some states. The interval is that of one more group:
     * its error is the standard deviation of the groups, times the root of 1 + 1 / groups.
     */
    Outcome forecast(Set<String> states) {
      double expected = expected(all, states);
      double[] ofGroups =
          groups.stream()
              .filter(group -> states.stream().anyMatch(state -> group.observed(state) > 0))
              .mapToDouble(group -> expected(group, states))
              .toArray();
      int degrees = ofGroups.length - 1;
      double error = deviation(ofGroups) * Math.sqrt(1 + 1.0 / ofGroups.length);
      return new Outcome(
          states.stream().mapToLong(since::observed).sum(),
          expected,
          StudentInterval.of(expected, error, degrees),
          bought(states));
    }

    /** Net sales at the means of a group; of a state that it did not observe at that of all. */
    private double expected(PooledMoves group, Set<String> states) {
      double expected = 0;
      for (String state : states) {
        BigDecimal mean =
            group.mean(state, days).or(() -> all.mean(state, days)).orElse(BigDecimal.ZERO);
        expected += since.observed(state) * mean.doubleValue();
      }
      return expected;
    }

    private BigDecimal bought(Collection<String> states) {
      return states.stream().map(since::bought).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static double deviation(double[] values) {
      double mean = 0;
      for (double value : values) {
        mean += value / values.length;
      }
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return Math.sqrt(squares / (values.length - 1));
    }
  }
}
