package io.karat.night;

import static io.karat.settings.Translations.counted;
import static io.karat.settings.Translations.text;

import io.karat.movement.ComparisonPeriod;
import io.karat.movement.MovementResult;
import io.karat.settings.BilingualText;
import io.karat.settings.MovementSettings;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Remarks on the nights that a night was compared with, and where it was compared with none, what
 * would give a comparison.
 *
 * @param nights the days of earlier nights
 */
record ComparisonRemarks(
    LocalDate asOf, SortedSet<LocalDate> nights, MovementSettings settings, MovementResult moved) {
  ComparisonRemarks {
    nights = Collections.unmodifiableSortedSet(new TreeSet<>(nights));
  }

  /** One remark for each period, and one on the Markov chain. */
  List<BilingualText> all() {
    List<BilingualText> remarks = new ArrayList<>();
    ComparisonPeriod.of(settings).forEach(period -> remarks.add(remark(period)));
    remarks.add(chain());
    return remarks;
  }

  private BilingualText remark(ComparisonPeriod period) {
    BilingualText name =
        period.isPreviousNight()
            ? text("movement.previous_night")
            : text("movement.over", counted("period", period.days()));
    Optional<LocalDate> compared = Optional.ofNullable(moved.since().get(period.days()));
    Optional<LocalDate> found = period.night(asOf, nights);
    if (compared.isPresent()) {
      return text("movement.since", name, compared.get(), days(compared.get()));
    }
    if (found.isPresent()) {
      return text("movement.nothing_in_common", name, found.get());
    }
    return period.isPreviousNight()
        ? text("movement.first_night", name, asOf)
        : nothingNear(name, period);
  }

  /** What could be compared: the nights that are too near later on, those too far over longer. */
  private BilingualText nothingNear(BilingualText name, ComparisonPeriod period) {
    SortedSet<LocalDate> near = nights.tailSet(asOf.minusDays(period.fewestDays() - 1L));
    SortedSet<LocalDate> far = nights.headSet(asOf.minusDays(period.mostDays()));
    List<BilingualText> sentences = new ArrayList<>();
    sentences.add(
        text(
            "movement.no_night",
            name,
            asOf.minusDays(period.mostDays()),
            asOf.minusDays(period.fewestDays())));
    if (!near.isEmpty() || far.isEmpty()) {
      LocalDate first = near.isEmpty() ? asOf : near.first();
      sentences.add(
          text(
              "movement.later",
              first,
              first.plusDays(period.fewestDays()),
              first.plusDays(period.mostDays())));
    }
    if (!far.isEmpty()) {
      long distance = ChronoUnit.DAYS.between(far.last(), asOf);
      sentences.add(
          distance <= MovementSettings.LONGEST_PERIOD_DAYS
              ? text("movement.longer", distance, far.last(), period.longestGap())
              : text("movement.more_often", period.longestGap()));
    }
    return joined(sentences);
  }

  private static BilingualText joined(List<BilingualText> sentences) {
    return sentences.stream()
        .reduce((one, next) -> text("movement.sentences", one, next))
        .orElseThrow();
  }

  private BilingualText days(LocalDate night) {
    return counted("period", ChronoUnit.DAYS.between(night, asOf));
  }

  private BilingualText chain() {
    BilingualText period = counted("period", settings.periodDays());
    return moved.pairs() == 0
        ? text("movement.no_pairs", period)
        : text("movement.chain", counted("movement.pairs", moved.pairs()), period);
  }
}
