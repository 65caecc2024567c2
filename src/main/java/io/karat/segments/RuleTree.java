package io.karat.segments;

import static java.util.Comparator.comparingLong;
import static java.util.Comparator.reverseOrder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A small decision tree that predicts segments from indicators in their own units (CART, Breiman
 * and others 1984): the split that lowers impurity most comes first, until no leaf can be split;
 * then splits are undone until people can keep every segment in mind, two alternatives of three
 * conditions. Cuts have as few digits as separate the customers.
 */
final class RuleTree {
  /** The most conditions of a rule. */
  static final int MOST_CONDITIONS = 3;

  /** The most rules of a segment. */
  static final int MOST_ALTERNATIVES = 2;

  private static final List<Double> BALANCES = List.of(0.0, 0.5, 1.0);
  private static final int LEAVES_PER_SEGMENT = 3;
  private static final int PLACES = 6;

  private final LabelledCustomers customers;
  private final RuleNode root;

  private RuleTree(LabelledCustomers customers) {
    this.customers = customers;
    this.root = new RuleNode(customers, IntStream.range(0, customers.size()).toArray(), List.of());
    grow();
    prune();
  }

  /**
   * Grows trees in which small segments weigh the same, more and most, and takes the one that
   * leaves the fewest segments without a rule, then the one that is right for most customers.
   *
   * @param ids of the segments
   * @return the leaves as rules, exactly one of which holds for every customer
   */
  static List<Rule> rules(LabelledCustomers customers, List<String> ids) {
    RuleTree best =
        BALANCES.stream()
            .map(balance -> new RuleTree(customers.balanced(balance)))
            .min(
                comparingLong(RuleTree::withoutRule).thenComparing(RuleTree::right, reverseOrder()))
            .orElseThrow();
    return best.root.leaves().map(leaf -> rule(leaf, ids)).toList();
  }

  private long withoutRule() {
    return Arrays.stream(alternatives()).filter(rules -> rules == 0).count();
  }

  private long right() {
    return root.leaves().mapToLong(RuleNode::right).sum();
  }

  private static Rule rule(RuleNode leaf, List<String> ids) {
    return new Rule(
        ids.get(leaf.segment()),
        leaf.path(),
        leaf.size(),
        BigDecimal.valueOf(leaf.right())
            .divide(BigDecimal.valueOf(leaf.size()), PLACES, RoundingMode.HALF_UP));
  }

  private void grow() {
    for (int leaves = 1; leaves < LEAVES_PER_SEGMENT * customers.k(); leaves++) {
      Optional<RuleNode> next =
          root.leaves()
              .filter(leaf -> leaf.gain() > 0)
              .reduce((one, other) -> other.gain() > one.gain() ? other : one);
      if (next.isEmpty()) {
        return;
      }
      next.get().part();
    }
  }

  /** Undoes splits that predict nothing, then those that cost least, until rules are few enough. */
  private void prune() {
    root.nodes()
        .filter(node -> node.leaves().mapToInt(RuleNode::segment).distinct().count() == 1)
        .toList()
        .forEach(RuleNode::join);
    while (excess(alternatives()) > 0) {
      root.nodes()
          .filter(node -> !node.isLeaf())
          .map(node -> Undoing.of(node, alternatives()))
          .filter(it -> it.relief() > 0)
          .min(
              comparingLong(Undoing::lost)
                  .thenComparing(
                      Comparator.comparingDouble(it -> (double) it.cost() / (double) it.relief())))
          .orElseThrow()
          .node()
          .join();
    }
  }

  /** The number of rules of each segment. */
  private long[] alternatives() {
    long[] alternatives = new long[customers.k()];
    root.leaves().forEach(leaf -> alternatives[leaf.segment()]++);
    return alternatives;
  }

  /** The number of rules beyond those that a segment may have. */
  private static long excess(long[] alternatives) {
    return Arrays.stream(alternatives).map(it -> Math.max(0, it - MOST_ALTERNATIVES)).sum();
  }

  /**
   * The consequences of making a node a leaf.
   *
   * @param lost the segments that would have no rule any more
   * @param cost the customers whose segment would not be predicted any more
   * @param relief the rules in excess that would go
   */
  private record Undoing(RuleNode node, long lost, long cost, long relief) {
    static Undoing of(RuleNode node, long[] alternatives) {
      long[] after = alternatives.clone();
      node.leaves().forEach(leaf -> after[leaf.segment()]--);
      after[node.segment()]++;
      long lost =
          IntStream.range(0, after.length)
              .filter(j -> after[j] == 0 && alternatives[j] > 0)
              .count();
      long right = node.leaves().mapToLong(RuleNode::right).sum();
      return new Undoing(node, lost, right - node.right(), excess(alternatives) - excess(after));
    }
  }
}
