package io.karat.movement;

import io.karat.settings.MovementSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Outlook of the states of one model: a Markov chain whose step is the mean number of days between
 * the nights of its pairs, and what its customers buy in a step.
 */
record StateOutlook(MarkovChain chain, PooledMoves moves, MovementSettings settings) {
  /** The days over which net sales are expected, counted from the night. */
  static final int HORIZON_DAYS = 365;

  private static final int DAYS_OF_A_YEAR = 365;

  /**
   * The outlook of pooled moves.
   *
   * @param states the states, in the order of the calculation
   * @param moves at least one pair
   */
  static StateOutlook of(List<String> states, PooledMoves moves, MovementSettings settings) {
    return new StateOutlook(
        MarkovChain.of(states, moves.customers(), StateMove.LEFT), moves, settings);
  }

  /** Expected discounted net sales of a customer in {@value #HORIZON_DAYS} days, by state. */
  Map<String, Double> values() {
    double stepDays = moves.meanDays();
    double periods = stepDays / settings.periodDays();
    Map<String, Double> bought = new LinkedHashMap<>();
    for (String state : chain.states()) {
      moves
          .mean(state, settings.periodDays())
          .ifPresent(mean -> bought.put(state, mean.doubleValue() * periods));
    }
    // StrictMath gives the same result on every machine.
    double discount =
        StrictMath.pow(1 + settings.annualDiscount().doubleValue(), stepDays / DAYS_OF_A_YEAR) - 1;
    return chain.discounted(bought, discount, HORIZON_DAYS / stepDays);
  }

  /** The expected mix of some customers after a number of periods. */
  Optional<Map<String, Double>> mix(Map<String, Long> customers, int periods) {
    return chain.mix(customers, periods * settings.periodDays() / moves.meanDays());
  }

  /**
   * The intervals of {@link #values} by the jackknife over groups of successive pairs, as many as
   * there are periods without a common day: the values are computed without each group in turn. A
   * state that one of these lacks has no interval, and none has with fewer than three groups.
   *
   * <p>Sources: J. W. Tukey, Annals of Mathematical Statistics 29 (1958), 614; H. R. Kuensch, The
   * jackknife and the bootstrap for general stationary observations, Annals of Statistics 17
   * (1989).
   *
   * @param pairs all pairs of the moves
   */
  static Map<String, StudentInterval> intervals(
      String model, List<String> states, List<PairOfNights> pairs, MovementSettings settings) {
    List<List<PairOfNights>> groups = PairGroups.ofPeriods(pairs);
    if (groups.size() < PairGroups.FEWEST_GROUPS) {
      return Map.of();
    }

    List<Map<String, Double>> without = new ArrayList<>();
    for (List<PairOfNights> group : groups) {
      List<PairOfNights> others = pairs.stream().filter(pair -> !group.contains(pair)).toList();
      without.add(of(states, PooledMoves.of(model, others), settings).values());
    }
    Map<String, Double> all = of(states, PooledMoves.of(model, pairs), settings).values();
    Map<String, StudentInterval> intervals = new LinkedHashMap<>();
    all.forEach(
        (state, value) -> {
          if (without.stream().allMatch(it -> it.containsKey(state))) {
            intervals.put(
                state,
                jackknife(
                    value,
                    without.stream().mapToDouble(it -> it.getOrDefault(state, 0.0)).toArray()));
          }
        });
    return intervals;
  }

  private static StudentInterval jackknife(double value, double[] without) {
    double mean = 0;
    for (double one : without) {
      mean += one / without.length;
    }
    double squares = 0;
    for (double one : without) {
      squares += (one - mean) * (one - mean);
    }
    int degrees = without.length - 1;
    double error = Math.sqrt(squares * degrees / without.length);
    return StudentInterval.of(value, error, degrees);
  }
}
