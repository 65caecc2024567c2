package io.karat.night;

import io.karat.movement.ComparedNight;
import io.karat.movement.ComparisonPeriod;
import io.karat.movement.CustomerMovement;
import io.karat.movement.KeptAliases;
import io.karat.movement.MovementResult;
import io.karat.movement.PairOfNights;
import io.karat.publishing.HistoryNight;
import io.karat.publishing.Staging;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.settings.BilingualText;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Movement of customers from earlier nights to this one, and the choice of those nights.
 *
 * @param scored tonight's customers
 */
record NightMovement(
    SparkSession spark, NightPlan plan, ScoredCustomers scored, Staging staging, LocalDate asOf) {
  /**
   * Movement as it is published.
   *
   * @param remarks a sentence for each comparison, or for its absence
   */
  record Written(MovementResult moved, List<BilingualText> remarks) {
    Written {
      remarks = List.copyOf(remarks);
    }
  }

  /** Compares tonight with earlier nights; empty if movement is switched off. */
  Written written() throws IOException {
    Optional<CustomerMovement> movement = movement();
    if (movement.isEmpty()) {
      return new Written(MovementResult.none(), List.of());
    }

    MovementResult moved =
        movement
            .get()
            .moved(
                scored.scores().scored(),
                scored.input().aliases(),
                comparisons(movement.get()),
                earlierPairs());
    Optional<KeptAliases> aliases = scored.input().aliases().flatMap(KeptAliases::of);
    if (aliases.isPresent()) {
      staging.keepWithHistory(KeptAliases.FILE, aliases.get().json());
    }
    for (PairOfNights pair : moved.kept()) {
      staging.keepWithHistory(PairOfNights.FILE, pair.json());
    }
    return new Written(
        moved,
        new ComparisonRemarks(
                asOf, new TreeSet<>(nightsBefore().keySet()), movement.get().settings(), moved)
            .all());
  }

  private Optional<CustomerMovement> movement() {
    return plan.settings()
        .movement()
        .map(
            it ->
                new CustomerMovement(
                    it,
                    plan.scores(),
                    states(),
                    scored.segments().names(),
                    plan.settings().output().historyDays()))
        .filter(it -> !it.states().isEmpty());
  }

  private List<State> states() {
    return Stream.concat(
            new ValueTable(plan.scores()).states().stream(), scored.segments().state().stream())
        .toList();
  }

  private List<ComparedNight> comparisons(CustomerMovement movement) throws IOException {
    Map<LocalDate, HistoryNight> nights = nightsBefore();
    List<ComparedNight> comparisons = new ArrayList<>();
    for (ComparisonPeriod period : ComparisonPeriod.of(movement.settings())) {
      Optional<HistoryNight> night =
          period
              .night(asOf, nights.keySet())
              .flatMap(day -> Optional.ofNullable(nights.get(day)))
              .filter(it -> !it.files().isEmpty());
      if (night.isPresent()) {
        comparisons.add(comparison(period, night.get()));
      }
    }
    return comparisons.stream().filter(ComparedNight::hasAmounts).toList();
  }

  private SortedMap<LocalDate, HistoryNight> nightsBefore() {
    SortedMap<LocalDate, HistoryNight> nights = new TreeMap<>();
    staging.nightsBefore().forEach(night -> nights.put(night.asOf(), night));
    return nights;
  }

  private ComparedNight comparison(ComparisonPeriod period, HistoryNight night) throws IOException {
    return new ComparedNight(
        period.days(),
        night.asOf(),
        asOf,
        night.runId(),
        night.kept(KeptAliases.FILE).map(KeptAliases::parse).orElse(KeptAliases.NONE),
        spark.read().parquet(night.files().toArray(String[]::new)));
  }

  /**
   * The pairs of nights that are both still in the history, and whose first night has not been run
   * again since the pair was counted.
   */
  private List<PairOfNights> earlierPairs() throws IOException {
    LocalDate first = asOf.minusDays(plan.settings().output().historyDays() - 1L);
    Map<LocalDate, String> runs = new HashMap<>();
    List<PairOfNights> pairs = new ArrayList<>();
    for (HistoryNight night : staging.nightsBefore()) {
      if (!night.asOf().isBefore(first)) {
        runs.put(night.asOf(), night.runId());
        night.kept(PairOfNights.FILE).flatMap(PairOfNights::parse).ifPresent(pairs::add);
      }
    }
    return pairs.stream().filter(pair -> pair.fromRun().equals(runs.get(pair.from()))).toList();
  }
}
