package io.karat.report;

import io.karat.movement.ComparisonPeriod;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Key figures of all customers, and the changes since the night before.
 *
 * @param cards the figures
 * @param changes sentences on the moves since the night before
 * @param lacks what there is not to compare with, in sentences; may be empty
 */
record HeadlineSection(List<Card> cards, List<String> changes, String lacks) {
  HeadlineSection {
    cards = List.copyOf(cards);
    changes = List.copyOf(changes);
  }

  /**
   * Key figure.
   *
   * @param exact the unabbreviated value, or a remark on it; may be empty
   * @param changes since the night before, a month and a year ago; without those that are unknown
   * @param trend its line over the nights
   * @param figure what is kept of it for later nights
   */
  record Card(
      String name,
      String value,
      String exact,
      List<Change> changes,
      Optional<Trend> trend,
      KeptFigures.Figure figure) {
    Card {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Change of a figure.
   *
   * @param direction "up better", "up worse", "down better", "down worse", "same", or only "up" or
   *     "down" where another rule made the figure too
   */
  record Change(String text, String direction) {}

  /**
   * The figures of a night.
   *
   * @param earlier the figures of earlier nights
   */
  static HeadlineSection of(ReportData brief, List<KeptFigures> earlier) {
    FigureHistory history = new FigureHistory(brief, earlier);
    return new HeadlineSection(
        new KeyFigures(brief, history).cards(), changes(brief), lacks(brief, history));
  }

  private static String lacks(ReportData brief, FigureHistory history) {
    return brief
        .voice()
        .sentences(
            Stream.of(
                    history.lacks(),
                    brief
                        .previousNight()
                        .flatMap(night -> new ComparedYear(brief, night).uncovered())
                        .orElse(""))
                .filter(it -> !it.isEmpty())
                .toList());
  }

  /** The number of customers who moved since the night before, by model, in words. */
  private static List<String> changes(ReportData brief) {
    ComparisonPeriod period = ComparisonPeriod.PREVIOUS_NIGHT;
    Optional<LocalDate> night = brief.compared(period);
    if (night.isEmpty()) {
      return List.of(withoutMoves(brief));
    }

    List<String> changes = new ArrayList<>();
    changes.add(brief.say("changes.since", night.get()));
    for (String model : StateMovements.models(brief, period)) {
      StateMovements moves = StateMovements.of(brief, model, period);
      if (moves.changed() > 0) {
        changes.add(brief.say("changes.model", brief.model(model), moves.inWords(brief)));
      }
    }
    if (changes.size() == 1) {
      changes.add(brief.say("changes.nobody"));
    }
    return changes;
  }

  private static String withoutMoves(ReportData brief) {
    if (brief.settings().movement().isEmpty()) {
      return brief.say("changes.off");
    }
    return brief
        .previousNight()
        .map(night -> brief.say("changes.not_compared", night))
        .orElseGet(() -> brief.say("changes.none"));
  }
}
