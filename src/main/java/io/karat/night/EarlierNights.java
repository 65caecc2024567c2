package io.karat.night;

import io.karat.movement.ComparedNight;
import io.karat.movement.ComparisonPeriod;
import io.karat.movement.KeptAliases;
import io.karat.movement.PairOfNights;
import io.karat.publishing.HistoryNight;
import io.karat.publishing.Staging;
import io.karat.report.KeptFigures;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/** Nights before the one that is computed, as the history has them. */
record EarlierNights(SparkSession spark, NightPlan plan, Staging staging, LocalDate asOf) {
  /** Their days. */
  SortedSet<LocalDate> days() {
    return new TreeSet<>(nights().keySet());
  }

  /** The night that is a period before; empty if there is none, or it has no customers. */
  Optional<ComparedNight> compared(ComparisonPeriod period) throws IOException {
    SortedMap<LocalDate, HistoryNight> nights = nights();
    Optional<HistoryNight> night =
        period
            .night(asOf, nights.keySet())
            .flatMap(day -> Optional.ofNullable(nights.get(day)))
            .filter(it -> !it.files().isEmpty());
    return night.isPresent() ? Optional.of(compared(period, night.get())) : Optional.empty();
  }

  private ComparedNight compared(ComparisonPeriod period, HistoryNight night) throws IOException {
    return new ComparedNight(
        period.days(),
        night.asOf(),
        asOf,
        night.runId(),
        night.kept(KeptAliases.FILE).map(KeptAliases::parse).orElse(KeptAliases.NONE),
        spark.read().parquet(night.files().toArray(String[]::new)));
  }

  private SortedMap<LocalDate, HistoryNight> nights() {
    SortedMap<LocalDate, HistoryNight> nights = new TreeMap<>();
    staging.nightsBefore().forEach(night -> nights.put(night.asOf(), night));
    return nights;
  }

  /** The headline figures of the nights that are still in the history, where they were kept. */
  List<KeptFigures> figures() throws IOException {
    LocalDate first = first();
    List<KeptFigures> figures = new ArrayList<>();
    for (HistoryNight night : staging.nightsBefore()) {
      if (!night.asOf().isBefore(first)) {
        night.kept(KeptFigures.FILE).flatMap(KeptFigures::parse).ifPresent(figures::add);
      }
    }
    return figures;
  }

  /** The first day of the history. */
  private LocalDate first() {
    return asOf.minusDays(plan.settings().output().historyDays() - 1L);
  }

  /**
   * The pairs of nights that are both still in the history, and whose first night has not been run
   * again since the pair was counted.
   *
   * @param file the file beside the later night that has them
   */
  List<PairOfNights> pairs(String file) throws IOException {
    LocalDate first = first();
    Map<LocalDate, String> runs = new HashMap<>();
    List<PairOfNights> pairs = new ArrayList<>();
    for (HistoryNight night : staging.nightsBefore()) {
      if (!night.asOf().isBefore(first)) {
        runs.put(night.asOf(), night.runId());
        night.kept(file).flatMap(PairOfNights::parse).ifPresent(pairs::add);
      }
    }
    return pairs.stream().filter(pair -> pair.fromRun().equals(runs.get(pair.from()))).toList();
  }
}
