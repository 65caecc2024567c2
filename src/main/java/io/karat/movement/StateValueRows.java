package io.karat.movement;

import static io.karat.settings.Translations.text;

import io.karat.scores.State;
import io.karat.settings.BilingualText;
import io.karat.settings.MovementSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of {@code state_values}.
 *
 * @param names the name of a state
 */
record StateValueRows(
    MovementSettings settings, List<State> states, Function<String, BilingualText> names) {
  private static final int DAYS_OF_A_YEAR = 365;

  /**
   * The rows, in a fixed order.
   *
   * @param customers tonight's customers by model and state
   * @param pairs the pairs of nights that count
   */
  List<Row> rows(Map<String, Map<String, Long>> customers, List<PairOfNights> pairs) {
    return states.stream()
        .flatMap(
            state ->
                rows(
                    state,
                    customers.getOrDefault(state.column(), Map.of()),
                    PooledMoves.of(state.column(), pairs)))
        .toList();
  }

  private Stream<Row> rows(State state, Map<String, Long> customers, PooledMoves moves) {
    if (moves.pairs() == 0) {
      return Stream.empty();
    }

    List<String> found =
        Stream.concat(customers.keySet().stream(), moves.states().stream()).toList();
    List<String> ordered = StateOrder.of(state, found);
    MarkovChain chain = MarkovChain.of(ordered, moves.customers(), StateMove.LEFT);
    Outlook outlook =
        new Outlook(
            chain.discounted(means(moves, chain), discount()),
            chain.stationary(),
            MovementTables.HORIZONS.stream()
                .map(periods -> chain.mix(customers, periods))
                .toList());
    long all = customers.values().stream().mapToLong(Long::longValue).sum();
    return ordered.stream()
        .map(
            code ->
                row(state.column(), code, customers.getOrDefault(code, 0L), all, moves, outlook));
  }

  /** The discount of one period. */
  private double discount() {
    // StrictMath gives the same result on every machine.
    return StrictMath.pow(
            1 + settings.annualDiscount().doubleValue(),
            (double) settings.periodDays() / DAYS_OF_A_YEAR)
        - 1;
  }

  private static Map<String, Double> means(PooledMoves moves, MarkovChain chain) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (String state : chain.states()) {
      mean(moves, state).ifPresent(mean -> means.put(state, mean.doubleValue()));
    }
    return means;
  }

  private static Optional<BigDecimal> mean(PooledMoves moves, String state) {
    long observed = moves.observed(state);
    return observed == 0
        ? Optional.empty()
        : Optional.of(
            moves.bought(state).divide(BigDecimal.valueOf(observed), MathContext.DECIMAL128));
  }

  /** The expectations of the chain; a state outside of it has none. */
  private record Outlook(
      Map<String, Double> values,
      Optional<Map<String, Double>> stationary,
      List<Optional<Map<String, Double>>> mixes) {}

  private static Optional<BigDecimal> share(Optional<Double> share) {
    return share.map(MovementTables::share);
  }

  private Row row(
      String model, String state, long customers, long all, PooledMoves moves, Outlook outlook) {
    long observed = moves.observed(state);
    long stayed = moves.stayed(state);
    Optional<WilsonInterval> interval =
        observed == 0 ? Optional.empty() : Optional.of(WilsonInterval.of(stayed, observed));
    Optional<Double> value = Optional.ofNullable(outlook.values().get(state));
    List<Object> values = new ArrayList<>();
    values.add(model);
    values.add(state);
    values.add(names.apply(state).en());
    values.add(names.apply(state).zh());
    values.add(settings.periodDays());
    values.add((long) moves.pairs());
    values.add(customers);
    values.add(all == 0 ? null : MovementTables.share((double) customers / all));
    values.add(observed);
    values.add(share(interval.map(it -> (double) stayed / observed)).orElse(null));
    values.add(share(interval.map(WilsonInterval::low)).orElse(null));
    values.add(share(interval.map(WilsonInterval::high)).orElse(null));
    values.add(mean(moves, state).map(MovementTables::amount).orElse(null));
    values.add(value.map(it -> MovementTables.amount(BigDecimal.valueOf(it))).orElse(null));
    values.add(share(outlook.stationary().map(mix -> mix.get(state))).orElse(null));
    outlook.mixes().forEach(mix -> values.add(share(mix.map(it -> it.get(state))).orElse(null)));
    Optional<BilingualText> note =
        value.isEmpty()
            ? Optional.of(text("movement.not_observed"))
            : outlook.stationary().isEmpty()
                ? Optional.of(text("movement.no_long_run"))
                : Optional.empty();
    values.add(note.map(BilingualText::en).orElse(null));
    values.add(note.map(BilingualText::zh).orElse(null));
    return RowFactory.create(values.toArray());
  }
}
