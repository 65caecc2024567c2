package io.karat.segments;

import io.karat.segments.Rule.Comparison;
import io.karat.segments.Rule.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A node of a tree of rules: some customers, and how they are split further. */
final class RuleNode {
  private final LabelledCustomers all;
  private final int[] customers;
  private final List<Condition> path;
  private final long[] counts;
  private final Optional<RuleSplit> split;
  private List<RuleNode> children = List.of();

  /**
   * A leaf.
   *
   * @param path the conditions that its customers satisfy
   */
  RuleNode(LabelledCustomers all, int[] customers, List<Condition> path) {
    this.all = all;
    this.customers = customers.clone();
    this.path = List.copyOf(path);
    this.counts = all.counts(customers);
    this.split = bestSplit();
  }

  /** The split with the most gain; the first of those that gain equally much. */
  private Optional<RuleSplit> bestSplit() {
    if (all.impurity(counts) <= 0) {
      return Optional.empty();
    }

    return IntStream.range(0, all.indicators().size())
        .filter(this::isShortEnough)
        .mapToObj(indicator -> RuleSplit.best(all, customers, indicator))
        .flatMap(Optional::stream)
        .reduce((one, other) -> other.gain() > one.gain() ? other : one);
  }

  /** Whether both sides of a split by an indicator have few enough conditions. */
  private boolean isShortEnough(int indicator) {
    return Stream.of(Comparison.values())
        .allMatch(side -> replaced(indicator, side).size() < RuleTree.MOST_CONDITIONS);
  }

  /** The conditions but the one on the same side of the same indicator. */
  private List<Condition> replaced(int indicator, Comparison side) {
    return path.stream()
        .filter(
            it ->
                !it.indicator().equals(all.indicators().get(indicator)) || it.comparison() != side)
        .toList();
  }

  double gain() {
    return split.map(RuleSplit::gain).orElse(0.0);
  }

  boolean isLeaf() {
    return children.isEmpty();
  }

  void part() {
    RuleSplit by = split.orElseThrow();
    children = List.of(child(by, Comparison.BELOW), child(by, Comparison.AT_LEAST));
  }

  private RuleNode child(RuleSplit by, Comparison side) {
    List<Condition> conditions = new ArrayList<>(replaced(by.indicator(), side));
    conditions.add(new Condition(all.indicators().get(by.indicator()), side, by.cut()));
    return new RuleNode(all, by.side(all, customers, side == Comparison.BELOW), conditions);
  }

  /** Makes a leaf of it. */
  void join() {
    children = List.of();
  }

  /** It and all nodes below, those above before those below. */
  Stream<RuleNode> nodes() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(RuleNode::nodes));
  }

  Stream<RuleNode> leaves() {
    return nodes().filter(RuleNode::isLeaf);
  }

  int size() {
    return customers.length;
  }

  List<Condition> path() {
    return path;
  }

  /** The segment of most of its customers; the first of equally many. */
  int segment() {
    int largest = 0;
    for (int j = 1; j < counts.length; j++) {
      if (counts[j] > counts[largest]) {
        largest = j;
      }
    }
    return largest;
  }

  /** The number of its customers who are in that segment. */
  long right() {
    return counts[segment()];
  }
}
