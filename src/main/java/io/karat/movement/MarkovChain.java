package io.karat.movement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * A Markov chain of customers' states from period to period: the probability of a step is its share
 * of all counted steps from the same state.
 *
 * <p>A state without a counted step is not part of the chain, as it is unknown what follows it, and
 * the steps into it are not counted; so {@link #states} may be fewer than were given. Only where a
 * value is expected do they count, as steps to an end without value.
 *
 * <p>Source: J. G. Kemeny and J. L. Snell, Finite Markov Chains (1960).
 */
final class MarkovChain {
  private final List<String> states;
  private final RealMatrix steps;
  private final double[] inside;

  private MarkovChain(List<String> states, RealMatrix steps, double[] inside) {
    this.states = states;
    this.steps = steps;
    this.inside = inside;
  }

  /**
   * The chain of counted steps.
   *
   * @param all the states, in the order of the calculation
   * @param counts customers by the state they came from, then by the state they went to
   * @param end the absorbing state; it need not be one of {@code all}
   */
  static MarkovChain of(List<String> all, Map<String, Map<String, Long>> counts, String end) {
    List<String> states = observed(all, counts, end);
    double[][] steps = new double[states.size()][states.size()];
    double[] inside = new double[states.size()];
    for (int from = 0; from < states.size(); from++) {
      if (states.get(from).equals(end)) {
        steps[from][from] = 1;
        inside[from] = 1;
      } else {
        Map<String, Long> counted = row(counts, states.get(from));
        double total = states.stream().mapToLong(to -> counted.getOrDefault(to, 0L)).sum();
        inside[from] = total / counted.values().stream().mapToLong(Long::longValue).sum();
        for (int to = 0; to < states.size(); to++) {
          steps[from][to] = counted.getOrDefault(states.get(to), 0L) / total;
        }
      }
    }
    return new MarkovChain(
        states,
        states.isEmpty() ? new Array2DRowRealMatrix() : new Array2DRowRealMatrix(steps, false),
        inside);
  }

  /** The states of the chain. Leaving out one may leave another without a step, so this repeats. */
  private static List<String> observed(
      List<String> all, Map<String, Map<String, Long>> counts, String end) {
    List<String> states = new ArrayList<>(all);
    boolean isSettled = false;
    while (!isSettled) {
      Set<String> present = Set.copyOf(states);
      isSettled =
          !states.removeIf(
              from ->
                  !from.equals(end)
                      && row(counts, from).keySet().stream().noneMatch(present::contains));
    }
    return Collections.unmodifiableList(states);
  }

  private static Map<String, Long> row(Map<String, Map<String, Long>> counts, String from) {
    return counts.getOrDefault(from, Map.of());
  }

  /** The states of the chain, in order. */
  List<String> states() {
    return states;
  }

  /**
   * The share of customers in each state after some steps; between two whole numbers of steps on
   * the straight line between the two mixes.
   *
   * @param start customers by state; those outside the chain do not count
   * @param count the number of steps, at least 0
   * @return empty if no customer is in the chain
   */
  Optional<Map<String, Double>> mix(Map<String, Long> start, double count) {
    double[] shares = states.stream().mapToDouble(state -> start.getOrDefault(state, 0L)).toArray();
    double total = 0;
    for (double customers : shares) {
      total += customers;
    }
    if (total == 0) {
      return Optional.empty();
    }

    RealVector mix = new ArrayRealVector(shares).mapDivide(total);
    int whole = (int) Math.floor(count);
    for (int step = 0; step < whole; step++) {
      mix = steps.preMultiply(mix);
    }
    double part = count - whole;
    return Optional.of(
        byState(
            part == 0
                ? mix
                : mix.mapMultiply(1 - part).add(steps.preMultiply(mix).mapMultiply(part))));
  }

  /**
   * The stationary distribution, which one more period does not change: the shares of customers in
   * the long run, or their average over time if customers swing between states.
   *
   * @return empty if it is not unique, because several groups of states are never left, and the
   *     start decides in which of them customers end
   */
  Optional<Map<String, Double>> stationary() {
    List<Set<Integer>> traps = traps();
    if (traps.size() != 1) {
      return Optional.empty();
    }

    List<Integer> trap = List.copyOf(traps.get(0));
    // p (P - I) = 0, with sum p = 1 in place of the last of these equations, which follows.
    RealMatrix equations = new Array2DRowRealMatrix(trap.size(), trap.size());
    for (int row = 0; row < trap.size(); row++) {
      for (int column = 0; column < trap.size(); column++) {
        double step = steps.getEntry(trap.get(column), trap.get(row));
        equations.setEntry(row, column, row == column ? step - 1 : step);
      }
    }
    RealVector right = new ArrayRealVector(trap.size());
    for (int column = 0; column < trap.size(); column++) {
      equations.setEntry(trap.size() - 1, column, 1);
    }
    right.setEntry(trap.size() - 1, 1);
    RealVector shares = new LUDecomposition(equations).getSolver().solve(right);

    RealVector mix = new ArrayRealVector(states.size());
    for (int i = 0; i < trap.size(); i++) {
      mix.setEntry(trap.get(i), shares.getEntry(i));
    }
    return Optional.of(byState(mix));
  }

  /**
   * The expected value of a customer by state in some steps from now, discounted: the sum of (P /
   * (1+d))^k R over the steps k, the last of which may be a part of one. Nothing comes from a
   * customer who takes a step out of the chain.
   *
   * @param reward the value of a customer in a step, by the state at its start
   * @param discount d, the discount of one step; above 0
   * @param count the number of steps, above 0
   */
  Map<String, Double> discounted(Map<String, Double> reward, double discount, double count) {
    if (discount <= 0) {
      throw new IllegalArgumentException(
          "Invalid discount %s: expected a number above 0".formatted(discount));
    }
    if (states.isEmpty()) {
      return Map.of();
    }

    RealVector rewards =
        new ArrayRealVector(
            states.stream().mapToDouble(state -> reward.getOrDefault(state, 0.0)).toArray());
    RealVector kept = new ArrayRealVector(inside, false);
    int whole = (int) Math.floor(count);
    RealVector values = rewards.mapMultiply(count - whole);
    for (int step = 0; step < whole; step++) {
      values = rewards.add(steps.operate(values).ebeMultiply(kept).mapDivide(1 + discount));
    }
    return byState(values);
  }

  /** The smallest groups of states that are never left. */
  private List<Set<Integer>> traps() {
    List<Set<Integer>> reached = new ArrayList<>();
    for (int state = 0; state < states.size(); state++) {
      reached.add(reachedFrom(state));
    }
    Set<Set<Integer>> traps = new LinkedHashSet<>();
    for (Set<Integer> group : reached) {
      if (group.stream().allMatch(state -> reached.get(state).equals(group))) {
        traps.add(group);
      }
    }
    return List.copyOf(traps);
  }

  private Set<Integer> reachedFrom(int start) {
    Set<Integer> reached = new TreeSet<>(Set.of(start));
    Set<Integer> next = new HashSet<>(reached);
    while (!next.isEmpty()) {
      Set<Integer> found = new HashSet<>();
      for (int from : next) {
        for (int to = 0; to < states.size(); to++) {
          if (steps.getEntry(from, to) > 0 && reached.add(to)) {
            found.add(to);
          }
        }
      }
      next = found;
    }
    return reached;
  }

  private Map<String, Double> byState(RealVector values) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < states.size(); i++) {
      named.put(Objects.requireNonNull(states.get(i)), values.getEntry(i));
    }
    return named;
  }
}
