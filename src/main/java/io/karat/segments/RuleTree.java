package io.karat.segments;

import io.karat.segments.Rule.Comparison;
import io.karat.segments.Rule.Condition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A small decision tree that predicts segments from indicators in their own units (CART, Breiman
 * and others 1984): the split that lowers Gini impurity most comes first, until there are three
 * leaves per segment or nothing is left to split. Cuts have as few digits as separate the
 * customers.
 */
final class RuleTree {
  private static final int LEAVES_PER_SEGMENT = 3;
  private static final double LEAST_LEAF = 0.002;
  private static final int MOST_DECIMALS = 9;
  private static final int MOST_ZEROS = 12;
  private static final int PLACES = 6;

  private final List<String> indicators;
  private final double[][] values;
  private final int[] segments;
  private final List<String> ids;

  private RuleTree(List<String> indicators, double[][] values, int[] segments, List<String> ids) {
    this.indicators = indicators;
    this.values = values;
    this.segments = segments;
    this.ids = ids;
  }

  /**
   * Grows a tree.
   *
   * @param values of each indicator, of all customers, all known
   * @param segments of the customers, as indices into {@code ids}
   * @return the leaves as rules, exactly one of which holds for every customer
   */
  static List<Rule> rules(
      List<String> indicators, double[][] values, int[] segments, List<String> ids) {
    return new RuleTree(indicators, values, segments, ids).rules();
  }

  private List<Rule> rules() {
    int[] everybody = new int[segments.length];
    Arrays.setAll(everybody, i -> i);
    Node root = new Node(everybody);
    List<Node> leaves = new ArrayList<>(List.of(root));
    while (leaves.size() < LEAVES_PER_SEGMENT * ids.size()) {
      Optional<Node> next = mostGained(leaves);
      if (next.isEmpty()) {
        break;
      }
      Split split = next.get().split.orElseThrow();
      next.get().part(split);
      leaves.set(leaves.indexOf(next.get()), next.get().children.get(0));
      leaves.add(next.get().children.get(1));
    }
    List<Rule> rules = new ArrayList<>();
    root.add(List.of(), rules);
    return rules;
  }

  /** The leaf with the largest gain; the first of those that gain equally much. */
  private static Optional<Node> mostGained(List<Node> leaves) {
    Optional<Node> best = Optional.empty();
    double most = 0;
    for (Node leaf : leaves) {
      double gain = leaf.split.map(Split::gain).orElse(0.0);
      if (gain > most) {
        most = gain;
        best = Optional.of(leaf);
      }
    }
    return best;
  }

  /**
   * The number with the fewest digits that is above {@code below} and at most {@code from}, near
   * the middle.
   */
  static BigDecimal cut(double below, double from) {
    BigDecimal low = BigDecimal.valueOf(below);
    BigDecimal high = BigDecimal.valueOf(from);
    BigDecimal middle = low.add(high).divide(BigDecimal.valueOf(2));
    for (int scale = -MOST_ZEROS; scale <= MOST_DECIMALS; scale++) {
      BigDecimal near = middle.setScale(scale, RoundingMode.HALF_UP);
      BigDecimal cut = near.compareTo(low) > 0 ? near : high.setScale(scale, RoundingMode.FLOOR);
      if (cut.compareTo(low) > 0 && cut.compareTo(high) <= 0) {
        return cut.setScale(Math.max(scale, 0), RoundingMode.UNNECESSARY);
      }
    }
    return high;
  }

  private record Split(int indicator, BigDecimal cut, double gain) {}

  /** Some customers, and their best split. */
  private final class Node {
    private final int[] customers;
    private final long[] counts;
    private final Optional<Split> split;
    private final List<Node> children = new ArrayList<>();

    Node(int[] customers) {
      this.customers = customers;
      this.counts = new long[ids.size()];
      for (int customer : customers) {
        counts[segments[customer]]++;
      }
      this.split = bestSplit();
    }

    private Optional<Split> bestSplit() {
      Optional<Split> best = Optional.empty();
      if (impurity(counts, customers.length) > 0) {
        for (int indicator = 0; indicator < indicators.size(); indicator++) {
          Optional<Split> candidate = bestSplit(indicator);
          double most = best.map(Split::gain).orElse(0.0);
          if (candidate.filter(it -> it.gain() > most).isPresent()) {
            best = candidate;
          }
        }
      }
      return best;
    }

    private Optional<Split> bestSplit(int indicator) {
      double[] column = values[indicator];
      Integer[] sorted = Arrays.stream(customers).boxed().toArray(Integer[]::new);
      Arrays.sort(sorted, (a, b) -> Double.compare(column[a], column[b]));
      long least = Math.max(1, (long) (LEAST_LEAF * segments.length));
      long[] left = new long[counts.length];
      long[] right = counts.clone();
      double own = impurity(counts, customers.length);
      double most = 0;
      int place = 0;
      for (int i = 1; i < sorted.length; i++) {
        left[segments[sorted[i - 1]]]++;
        right[segments[sorted[i - 1]]]--;
        boolean isPossible =
            column[sorted[i - 1]] < column[sorted[i]] && i >= least && sorted.length - i >= least;
        if (isPossible) {
          double gain = own - impurity(left, i) - impurity(right, sorted.length - i);
          if (gain > most) {
            most = gain;
            place = i;
          }
        }
      }
      return place == 0
          ? Optional.empty()
          : Optional.of(
              new Split(indicator, cut(column[sorted[place - 1]], column[sorted[place]]), most));
    }

    void part(Split by) {
      double cut = by.cut().doubleValue();
      double[] column = values[by.indicator()];
      children.add(new Node(Arrays.stream(customers).filter(i -> column[i] < cut).toArray()));
      children.add(new Node(Arrays.stream(customers).filter(i -> column[i] >= cut).toArray()));
    }

    /** Adds the leaves below as rules; leaves that predict the same segment become one. */
    void add(List<Condition> path, List<Rule> rules) {
      if (children.isEmpty() || found().size() == 1) {
        int segment = largest();
        rules.add(
            new Rule(
                ids.get(segment),
                path,
                customers.length,
                BigDecimal.valueOf(counts[segment])
                    .divide(BigDecimal.valueOf(customers.length), PLACES, RoundingMode.HALF_UP)));
        return;
      }

      Split by = split.orElseThrow();
      String indicator = indicators.get(by.indicator());
      children.get(0).add(with(path, new Condition(indicator, Comparison.BELOW, by.cut())), rules);
      children
          .get(1)
          .add(with(path, new Condition(indicator, Comparison.AT_LEAST, by.cut())), rules);
    }

    private List<Integer> found() {
      return children.isEmpty()
          ? List.of(largest())
          : children.stream().flatMap(child -> child.found().stream()).distinct().toList();
    }

    /** The segment of most of its customers; the first of equally many. */
    private int largest() {
      int largest = 0;
      for (int j = 1; j < counts.length; j++) {
        if (counts[j] > counts[largest]) {
          largest = j;
        }
      }
      return largest;
    }
  }

  /** Adds a condition; it replaces the earlier one on the same side of the same indicator. */
  private static List<Condition> with(List<Condition> path, Condition condition) {
    List<Condition> conditions = new ArrayList<>();
    path.stream()
        .filter(
            it ->
                !it.indicator().equals(condition.indicator())
                    || it.comparison() != condition.comparison())
        .forEach(conditions::add);
    conditions.add(condition);
    return conditions;
  }

  /** The Gini impurity times the number of customers. */
  private static double impurity(long[] counts, int customers) {
    double squares = 0;
    for (long count : counts) {
      squares += (double) count * count;
    }
    return customers - squares / customers;
  }
}
