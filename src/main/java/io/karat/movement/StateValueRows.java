package io.karat.movement;

import static io.karat.settings.Translations.text;
import static java.util.stream.Collectors.joining;

import io.karat.scores.State;
import io.karat.settings.BilingualText;
import io.karat.settings.MovementSettings;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
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
 * @param forecasts forecasts of a period ago, by model
 * @param historyDays the last days of nights whose pairs count
 */
record StateValueRows(
    MovementSettings settings,
    List<State> states,
    Function<String, BilingualText> names,
    Map<String, PastForecast> forecasts,
    int historyDays) {
  /**
   * The rows, in a fixed order.
   *
   * @param customers tonight's customers by model and state
   * @param pairs the pairs of nights that count
   */
  List<Row> rows(Map<String, Map<String, Long>> customers, List<PairOfNights> pairs) {
    return states.stream()
        .flatMap(
            state -> {
              String model = state.column();
              List<PairOfNights> known =
                  pairs.stream().filter(pair -> !pair.moves(model).isEmpty()).toList();
              return known.isEmpty()
                  ? Stream.empty()
                  : rows(state, customers.getOrDefault(model, Map.of()), known);
            })
        .toList();
  }

  private Stream<Row> rows(State state, Map<String, Long> customers, List<PairOfNights> pairs) {
    String model = state.column();
    PooledMoves moves = PooledMoves.of(model, pairs);
    List<String> ordered =
        StateOrder.of(
            state, Stream.concat(customers.keySet().stream(), moves.states().stream()).toList());
    StateOutlook outlook = StateOutlook.of(ordered, moves, settings);
    boolean isValued = pairs.size() >= PairGroups.FEWEST_PAIRS;
    OfModel expected =
        new OfModel(
            model,
            moves,
            outlook.chain(),
            isValued ? outlook.values() : Map.of(),
            isValued ? StateOutlook.intervals(model, ordered, pairs, settings) : Map.of(),
            outlook.chain().stationary(),
            MovementTables.HORIZONS.stream()
                .map(periods -> outlook.mix(customers, periods))
                .toList());
    long all = customers.values().stream().mapToLong(Long::longValue).sum();
    return ordered.stream().map(code -> row(code, customers.getOrDefault(code, 0L), all, expected));
  }

  /** The expectations of one model; a state outside of the chain has none. */
  private record OfModel(
      String name,
      PooledMoves moves,
      MarkovChain chain,
      Map<String, Double> values,
      Map<String, StudentInterval> intervals,
      Optional<Map<String, Double>> stationary,
      List<Optional<Map<String, Double>>> mixes) {}

  private static Optional<BigDecimal> share(Optional<Double> share) {
    return share.map(MovementTables::share);
  }

  private Row row(String state, long customers, long all, OfModel model) {
    List<Object> values = new ArrayList<>();
    values.add(model.name());
    values.add(state);
    values.add(names.apply(state).en());
    values.add(names.apply(state).zh());
    values.add(settings.periodDays());
    values.add((long) model.moves().pairs());
    values.add(MovementTables.days(model.moves().meanDays()));
    values.add(customers);
    values.add(all == 0 ? null : MovementTables.share((double) customers / all));
    addRetention(state, model.moves(), values);
    values.add(
        model.moves().mean(state, settings.periodDays()).map(MovementTables::amount).orElse(null));
    Optional<StudentInterval> interval = Optional.ofNullable(model.intervals().get(state));
    values.add(amount(Optional.ofNullable(model.values().get(state))).orElse(null));
    values.add(amount(interval.map(StudentInterval::low)).orElse(null));
    values.add(amount(interval.map(StudentInterval::high)).orElse(null));
    addForecast(state, Optional.ofNullable(forecasts.get(model.name())), values);
    values.add(share(model.stationary().map(mix -> mix.get(state))).orElse(null));
    model.mixes().forEach(mix -> values.add(share(mix.map(it -> it.get(state))).orElse(null)));
    List<BilingualText> notes = notes(state, model);
    values.add(joined(notes, BilingualText::en, " ").orElse(null));
    values.add(joined(notes, BilingualText::zh, "").orElse(null));
    return RowFactory.create(values.toArray());
  }

  private static void addRetention(String state, PooledMoves moves, List<Object> values) {
    long observed = moves.observed(state);
    long stayed = moves.stayed(state);
    Optional<WilsonInterval> interval =
        observed == 0 ? Optional.empty() : Optional.of(WilsonInterval.of(stayed, observed));
    values.add(observed);
    values.add(share(interval.map(it -> (double) stayed / observed)).orElse(null));
    values.add(share(interval.map(WilsonInterval::low)).orElse(null));
    values.add(share(interval.map(WilsonInterval::high)).orElse(null));
  }

  private static void addForecast(
      String state, Optional<PastForecast> forecast, List<Object> values) {
    Optional<PastForecast.Outcome> outcome =
        forecast.flatMap(it -> Optional.ofNullable(it.states().get(state)));
    values.add(outcome.flatMap(it -> forecast).map(it -> Date.valueOf(it.from())).orElse(null));
    values.add(outcome.map(PastForecast.Outcome::customers).orElse(null));
    values.add(amount(outcome.map(it -> it.expected() / it.customers())).orElse(null));
    values.add(amount(outcome.map(it -> it.interval().low() / it.customers())).orElse(null));
    values.add(amount(outcome.map(it -> it.interval().high() / it.customers())).orElse(null));
    values.add(outcome.map(it -> MovementTables.amount(it.actualMean())).orElse(null));
    values.add(outcome.map(PastForecast.Outcome::isMissed).orElse(null));
  }

  private List<BilingualText> notes(String state, OfModel model) {
    List<BilingualText> notes = new ArrayList<>();
    if (!model.chain().states().contains(state)) {
      notes.add(text("movement.not_observed"));
    } else {
      if (model.values().isEmpty()) {
        notes.add(
            text(
                "movement.few_pairs", PairGroups.FEWEST_PAIRS, model.moves().pairs(), historyDays));
      } else if (!model.intervals().containsKey(state)) {
        notes.add(text("movement.no_interval", PairGroups.FEWEST_GROUPS));
      }
      if (model.stationary().isEmpty()) {
        notes.add(text("movement.no_long_run"));
      }
    }
    return notes;
  }

  private static Optional<String> joined(
      List<BilingualText> notes, Function<BilingualText, String> language, String separator) {
    return notes.isEmpty()
        ? Optional.empty()
        : Optional.of(notes.stream().map(language).collect(joining(separator)));
  }

  private static Optional<BigDecimal> amount(Optional<Double> amount) {
    return amount.map(it -> MovementTables.amount(BigDecimal.valueOf(it)));
  }
}
