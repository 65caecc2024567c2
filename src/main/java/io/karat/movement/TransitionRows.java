package io.karat.movement;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;

import io.karat.scores.LevelSums;
import io.karat.settings.BilingualText;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of {@code transitions}.
 *
 * @param names the name of a state
 * @param nights the compared nights
 */
record TransitionRows(Function<String, BilingualText> names, List<ComparedNight> nights) {
  private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  /** The state then, whose customers are the base of shares. */
  private record Start(int periodDays, String model, String state) {
    static Start of(Transition transition) {
      return new Start(
          transition.periodDays(), transition.move().model(), transition.move().from());
    }

    /** All states of a model. */
    static Start wholeOf(Transition transition) {
      return new Start(transition.periodDays(), transition.move().model(), "");
    }
  }

  /** The rows, in a fixed order. */
  List<Row> rows(List<Transition> transitions) {
    Map<Integer, ComparedNight> compared =
        nights.stream().collect(toMap(ComparedNight::periodDays, night -> night));
    Map<Start, Long> starts =
        transitions.stream()
            .collect(groupingBy(Start::of, summingLong(it -> it.move().customers())));
    Map<Start, LevelSums> wholes =
        transitions.stream().collect(toMap(Start::wholeOf, Transition::figures, LevelSums::plus));
    return transitions.stream()
        .sorted(comparing(Transition::periodDays).thenComparing(Transition::move, StateMove.ORDER))
        .map(
            it ->
                row(
                    it,
                    Objects.requireNonNull(compared.get(it.periodDays())),
                    starts.getOrDefault(Start.of(it), 0L),
                    Objects.requireNonNull(wholes.get(Start.wholeOf(it)))))
        .toList();
  }

  private Row row(Transition transition, ComparedNight night, long started, LevelSums whole) {
    StateMove move = transition.move();
    WilsonInterval interval = WilsonInterval.of(move.customers(), started);
    List<Map.Entry<String, Long>> crossings =
        transition.crossings().entrySet().stream().sorted(MOST_FIRST).toList();
    Optional<Map.Entry<String, Long>> main = crossings.stream().findFirst();
    List<Object> values = new ArrayList<>();
    values.add(move.model());
    values.add(transition.periodDays());
    values.add(Date.valueOf(night.from()));
    values.add(night.daysBetween());
    for (String state : List.of(move.from(), move.to())) {
      values.add(state);
      values.add(names.apply(state).en());
      values.add(names.apply(state).zh());
    }
    values.add(!move.from().equals(move.to()));
    values.add(move.customers());
    values.add(started);
    values.add(MovementTables.share((double) move.customers() / started));
    values.add(MovementTables.share(interval.low()));
    values.add(MovementTables.share(interval.high()));
    values.add(MovementTables.amount(transition.before()));
    values.add(MovementTables.amount(transition.now()));
    values.add(MovementTables.amount(transition.now().subtract(transition.before())));
    values.add(MovementTables.amount(move.bought()));
    values.addAll(transition.figures().money(whole));
    values.add(main.map(Map.Entry::getKey).orElse(null));
    values.add(main.map(Map.Entry::getValue).orElse(null));
    values.add(crossings.isEmpty() ? null : text(crossings));
    return RowFactory.create(values.toArray());
  }

  private static String text(List<Map.Entry<String, Long>> crossings) {
    return crossings.stream()
        .map(crossing -> crossing.getKey() + " " + crossing.getValue())
        .collect(joining(", "));
  }
}
