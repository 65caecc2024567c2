package io.karat.movement;

import io.karat.input.Aliases;
import io.karat.scores.CutColumn;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.settings.BilingualText;
import io.karat.settings.MovementSettings;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Movement of customers between the states of models.
 *
 * @param states every column of states
 * @param names names of codes that the plan does not know, such as segments
 * @param historyDays the last days of nights whose pairs count
 */
public record CustomerMovement(
    MovementSettings settings,
    ScorePlan plan,
    List<State> states,
    Map<String, BilingualText> names,
    int historyDays) {
  private static final int NO_PERIOD = 0;

  public CustomerMovement {
    states = List.copyOf(states);
    names = Map.copyOf(names);
  }

  /**
   * Counts the moves of customers and computes the long run; starts at most one job.
   *
   * @param tonight every customer with states, scores and net sales
   * @param aliases tonight's aliases of customers, under which earlier amounts are counted
   * @param nights the earlier nights to compare with; may be empty
   * @param earlier the pairs of nights up to an earlier one, in any order
   */
  public MovementResult moved(
      Dataset<Row> tonight,
      Optional<Aliases> aliases,
      List<ComparedNight> nights,
      List<PairOfNights> earlier) {
    List<PairOfNights> past =
        earlier.stream().filter(pair -> pair.periodDays() == settings.periodDays()).toList();
    if (states.isEmpty() || (nights.isEmpty() && past.isEmpty())) {
      return MovementResult.none();
    }

    List<Transition> all =
        new TransitionCounting(states, CutColumn.of(plan.models()), plan.money())
            .transitions(
                tonight, aliases, nights.isEmpty() ? List.of(nobodyBefore(tonight)) : nights);
    List<Transition> compared = all.stream().filter(it -> isKnown(it, nights)).toList();
    List<PairOfNights> own =
        nights.stream()
            .filter(night -> night.periodDays() == settings.periodDays())
            .map(night -> pair(night, compared))
            .filter(pair -> !pair.moves().isEmpty())
            .toList();
    return result(nights, compared, tonightsCustomers(all), past, own);
  }

  /**
   * Key accounts that were gained or lost since earlier nights; starts no job.
   *
   * @param nights the earlier nights to compare with
   * @return empty without such nights, or without models of key accounts
   */
  public Optional<Dataset<Row>> keyAccountChanges(
      Dataset<Row> tonight, Optional<Aliases> aliases, List<ComparedNight> nights) {
    List<State> keyed = State.ofKeyAccounts(plan.models());
    if (nights.isEmpty() || keyed.isEmpty()) {
      return Optional.empty();
    }

    Map<String, BilingualText> named = new TreeMap<>(MovementResult.NAMES);
    keyed.forEach(state -> state.codes().forEach(code -> named.put(code, plan.name(code))));
    TransitionCounting counting =
        new TransitionCounting(keyed, CutColumn.of(plan.models()), plan.money());
    return Optional.of(
        new KeyAccountChanges(keyed, named, counting, plan.money()).rows(tonight, aliases, nights));
  }

  private MovementResult result(
      List<ComparedNight> nights,
      List<Transition> compared,
      Map<String, Map<String, Long>> customers,
      List<PairOfNights> past,
      List<PairOfNights> own) {
    List<PairOfNights> pairs = Stream.concat(past.stream(), own.stream()).toList();
    SortedMap<String, PastForecast> forecasts = forecasts(past, own);
    return new MovementResult(
        new TransitionRows(this::name, nights).rows(compared),
        new StateValueRows(settings, states, this::name, forecasts, historyDays)
            .rows(customers, pairs),
        since(nights, compared),
        pairs.size(),
        own,
        new ForecastCheck(forecasts, plan.money(), plan::model).results());
  }

  private SortedMap<String, PastForecast> forecasts(
      List<PairOfNights> past, List<PairOfNights> own) {
    SortedMap<String, PastForecast> forecasts = new TreeMap<>();
    for (PairOfNights pair : own) {
      for (State state : states) {
        PastForecast.of(state.column(), pair, past)
            .ifPresent(it -> forecasts.put(state.column(), it));
      }
    }
    return forecasts;
  }

  private static SortedMap<Integer, LocalDate> since(
      List<ComparedNight> nights, List<Transition> compared) {
    SortedMap<Integer, LocalDate> since = new TreeMap<>();
    for (ComparedNight night : nights) {
      if (compared.stream().anyMatch(it -> it.periodDays() == night.periodDays())) {
        since.put(night.periodDays(), night.from());
      }
    }
    return since;
  }

  /** A night without customers, so that tonight's are counted without an earlier night too. */
  private static ComparedNight nobodyBefore(Dataset<Row> tonight) {
    return new ComparedNight(
        NO_PERIOD, LocalDate.EPOCH, LocalDate.EPOCH, "", KeptAliases.NONE, tonight.limit(0));
  }

  /** Whether the earlier night has the model; if not, there are no moves to publish. */
  private static boolean isKnown(Transition transition, List<ComparedNight> nights) {
    return nights.stream()
        .anyMatch(
            night ->
                night.periodDays() == transition.periodDays()
                    && night.knows(transition.move().model()));
  }

  private static PairOfNights pair(ComparedNight night, List<Transition> compared) {
    return new PairOfNights(
        night.from(),
        night.to(),
        night.fromRun(),
        night.periodDays(),
        compared.stream()
            .filter(it -> it.periodDays() == night.periodDays())
            .map(Transition::move)
            .sorted(StateMove.ORDER)
            .toList());
  }

  /** Tonight's customers by model and state; every period counts all of them. */
  private static Map<String, Map<String, Long>> tonightsCustomers(List<Transition> all) {
    Optional<Integer> period = all.stream().map(Transition::periodDays).findFirst();
    Map<String, Map<String, Long>> customers = new TreeMap<>();
    for (Transition transition : all) {
      StateMove move = transition.move();
      if (period.filter(it -> it == transition.periodDays()).isPresent()
          && !move.to().equals(StateMove.LEFT)) {
        customers
            .computeIfAbsent(move.model(), it -> new TreeMap<>())
            .merge(move.to(), move.customers(), Long::sum);
      }
    }
    return customers;
  }

  private BilingualText name(String state) {
    return Optional.ofNullable(MovementResult.NAMES.get(state))
        .or(() -> Optional.ofNullable(names.get(state)))
        .orElseGet(() -> plan.name(state));
  }
}
