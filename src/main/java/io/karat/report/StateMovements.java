package io.karat.report;

import io.karat.movement.ComparisonPeriod;
import io.karat.scores.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Moves of customers between the states of one model, from an earlier night to this one.
 *
 * @param moves rows of transitions
 * @param order the states from best to worst; empty if the model does not order them
 */
record StateMovements(String model, List<TableRow> moves, List<String> order) {
  static final String NEVER_SEEN = "never_seen";
  static final String LEFT = "left";

  private static final String FROM = "from_state";
  private static final String TO = "to_state";

  StateMovements {
    moves = List.copyOf(moves);
    order = List.copyOf(order);
  }

  static StateMovements of(ReportData brief, String model, ComparisonPeriod period) {
    List<String> order =
        isRanked(brief, model) ? brief.state(model).map(State::codes).orElse(List.of()) : List.of();
    return new StateMovements(model, brief.moves(model, period), order);
  }

  /**
   * The models with moves in the release: first those with tiers, then classes, then those without
   * order.
   */
  static List<String> models(ReportData brief, ComparisonPeriod period) {
    Set<String> found = new LinkedHashSet<>();
    brief.table("transitions").stream()
        .filter(it -> it.whole("period_days") == period.days())
        .forEach(it -> found.add(it.word("model")));
    Set<String> models = new LinkedHashSet<>();
    List<String> ranked =
        brief.states().stream()
            .map(State::column)
            .filter(it -> found.contains(it) && isRanked(brief, it))
            .toList();
    ranked.stream().filter(it -> it.endsWith("_tier")).forEach(models::add);
    models.addAll(ranked);
    brief.states().stream().map(State::column).filter(found::contains).forEach(models::add);
    models.addAll(found.stream().sorted().toList());
    return List.copyOf(models);
  }

  /** Whether the codes of a model are ordered from best to worst, as classes and tiers are. */
  static boolean isRanked(ReportData brief, String model) {
    return brief.table("tiers").stream().anyMatch(it -> it.word("model").equals(model));
  }

  static long customers(TableRow move) {
    return move.count("customer_count");
  }

  long changed() {
    return sum(StateMovements::isChange);
  }

  static boolean isChange(TableRow move) {
    return !move.word(FROM).equals(move.word(TO));
  }

  long stayed() {
    return sum(move -> !isChange(move));
  }

  /** The number of customers who moved to a better state. */
  long up() {
    return sum(move -> isBetween(move) && position(move, TO) < position(move, FROM));
  }

  /** The number of customers who moved to a worse state. */
  long down() {
    return sum(move -> isBetween(move) && position(move, TO) > position(move, FROM));
  }

  /** The number of customers who moved up over the lower edge of a state. */
  long upInto(int position) {
    return sum(
        move ->
            isBetween(move) && position(move, TO) <= position && position(move, FROM) > position);
  }

  /** The number of customers who moved down over the lower edge of a state. */
  long downFrom(int position) {
    return sum(
        move ->
            isBetween(move) && position(move, FROM) <= position && position(move, TO) > position);
  }

  /**
   * The direction of a move: {@code up}, {@code down}, or {@code none} if the states have no order.
   */
  String direction(TableRow move) {
    if (!isBetween(move)) {
      return "none";
    }
    return position(move, TO) < position(move, FROM) ? "up" : "down";
  }

  /** The number of customers who are new, in one state or in all. */
  long appeared(Optional<String> state) {
    return sum(
        move ->
            move.word(FROM).equals(NEVER_SEEN)
                && state.map(it -> it.equals(move.word(TO))).orElse(true));
  }

  /** The number of customers who left, from one state or from all. */
  long left(Optional<String> state) {
    return sum(
        move ->
            move.word(TO).equals(LEFT) && state.map(it -> it.equals(move.word(FROM))).orElse(true));
  }

  /** The counts in words: {@code 12 up, 9 down, 2 newly ranked, 3 new}. */
  String inWords(ReportData brief) {
    List<String> parts = new ArrayList<>();
    if (order.isEmpty()) {
      add(parts, brief, "moves.between", sum(move -> isChange(move) && isInside(move)));
    } else {
      add(parts, brief, "moves.up", up());
      add(parts, brief, "moves.down", down());
      add(parts, brief, "moves.ranked", sum(move -> isInside(move) && isCrossing(move, TO)));
      add(parts, brief, "moves.unranked", sum(move -> isInside(move) && isCrossing(move, FROM)));
    }
    add(parts, brief, "moves.new", appeared(Optional.empty()));
    add(parts, brief, "moves.left", left(Optional.empty()));
    return String.join(brief.say("comma"), parts);
  }

  /** The counts in brackets; empty where they only say again how many customers moved. */
  String ways(ReportData brief) {
    String words = inWords(brief);
    return words.equals(brief.say("moves.between", brief.numbers().count(changed())))
        ? ""
        : brief.say("flows.ways", words);
  }

  private static void add(List<String> parts, ReportData brief, String key, long count) {
    if (count > 0) {
      parts.add(brief.say(key, brief.numbers().count(count)));
    }
  }

  private static boolean isInside(TableRow move) {
    return !move.word(FROM).equals(NEVER_SEEN) && !move.word(TO).equals(LEFT);
  }

  /** Whether only one of both states, the one in {@code ranked}, has a place in the order. */
  private boolean isCrossing(TableRow move, String ranked) {
    return order.contains(move.word(ranked))
        && !order.contains(move.word(ranked.equals(TO) ? FROM : TO));
  }

  private boolean isBetween(TableRow move) {
    return order.contains(move.word(FROM)) && order.contains(move.word(TO));
  }

  private int position(TableRow move, String column) {
    return order.indexOf(move.word(column));
  }

  private long sum(Predicate<TableRow> which) {
    return moves.stream().filter(which).mapToLong(StateMovements::customers).sum();
  }
}
