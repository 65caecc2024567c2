package io.karat.night;

import static io.karat.settings.Translations.counted;
import static io.karat.settings.Translations.text;

import io.karat.movement.ComparedNight;
import io.karat.movement.CustomerMovement;
import io.karat.movement.MovementResult;
import io.karat.movement.PairOfNights;
import io.karat.publishing.HistoryNight;
import io.karat.publishing.Staging;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.settings.BilingualText;
import io.karat.settings.MovementSettings;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Movement of customers from earlier nights to this one, and the choice of those nights. */
record NightMovement(
    SparkSession spark, NightPlan plan, NightSegments segments, Staging staging, LocalDate asOf) {
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

  /**
   * Compares tonight with earlier nights; empty if movement is switched off.
   *
   * @param scored tonight's customers with every score and state
   */
  Written written(Dataset<Row> scored) throws IOException {
    Optional<CustomerMovement> movement = movement();
    if (movement.isEmpty()) {
      return new Written(MovementResult.none(), List.of());
    }

    MovementResult moved =
        movement.get().moved(scored, comparisons(movement.get()), earlierPairs());
    for (PairOfNights pair : moved.kept()) {
      staging.keepWithHistory(PairOfNights.FILE, pair.json());
    }
    return new Written(moved, remarks(movement.get(), moved));
  }

  private Optional<CustomerMovement> movement() {
    return plan.settings()
        .movement()
        .map(it -> new CustomerMovement(it, plan.scores(), states(), segments.names()))
        .filter(it -> !it.states().isEmpty());
  }

  private List<State> states() {
    return Stream.concat(new ValueTable(plan.scores()).states().stream(), segments.state().stream())
        .toList();
  }

  private List<ComparedNight> comparisons(CustomerMovement movement) {
    List<ComparedNight> comparisons = new ArrayList<>();
    for (int periodDays : movement.periods()) {
      night(periodDays)
          .map(night -> comparison(periodDays, night))
          .filter(ComparedNight::hasAmounts)
          .ifPresent(comparisons::add);
    }
    return comparisons;
  }

  private Optional<HistoryNight> night(int periodDays) {
    LocalDate earliest = ComparedNight.earliest(asOf, periodDays);
    LocalDate latest = ComparedNight.latest(asOf, periodDays);
    return staging.nightsBefore().stream()
        .filter(night -> !night.asOf().isBefore(earliest) && !night.asOf().isAfter(latest))
        .filter(night -> !night.files().isEmpty())
        .reduce((earlier, later) -> later);
  }

  private ComparedNight comparison(int periodDays, HistoryNight night) {
    return new ComparedNight(
        periodDays,
        night.asOf(),
        night.runId(),
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
        night.kept(PairOfNights.FILE).map(PairOfNights::parse).ifPresent(pairs::add);
      }
    }
    return pairs.stream().filter(pair -> pair.fromRun().equals(runs.get(pair.from()))).toList();
  }

  /** The earlier nights that were compared, and the periods without one, in words. */
  private List<BilingualText> remarks(CustomerMovement movement, MovementResult moved) {
    List<BilingualText> remarks = new ArrayList<>();
    movement.periods().forEach(days -> remarks.add(since(days, moved)));
    remarks.add(chain(movement.settings(), moved.pairs()));
    return remarks;
  }

  private BilingualText since(int days, MovementResult moved) {
    Optional<LocalDate> from = Optional.ofNullable(moved.since().get(days));
    return from.map(night -> text("movement.since", counted("period", days), night))
        .orElseGet(
            () ->
                text(
                    "movement.no_night",
                    counted("period", days),
                    ComparedNight.earliest(asOf, days),
                    ComparedNight.latest(asOf, days)));
  }

  private static BilingualText chain(MovementSettings settings, int pairs) {
    BilingualText period = counted("period", settings.periodDays());
    return pairs == 0
        ? text("movement.no_pairs", period)
        : text("movement.chain", counted("movement.pairs", pairs), period);
  }
}
