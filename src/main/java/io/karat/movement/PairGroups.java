package io.karat.movement;

import static java.util.Comparator.comparing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups of successive pairs of nights, of equal size as far as they can be. Pairs of nights
 * overlap, so that it is groups and not single pairs that vary as if they were independent.
 */
final class PairGroups {
  /** The fewest pairs of nights from which net sales are expected. */
  static final int FEWEST_PAIRS = 6;

  /** The fewest groups, and so periods without a common day, that show how much these vary. */
  static final int FEWEST_GROUPS = 3;

  private static final int MOST_GROUPS = 12;

  private PairGroups() {}

  /**
   * As many groups as there are periods without a common day, but at most twelve, earliest first;
   * each pair alone if pairs do not overlap.
   */
  static List<List<PairOfNights>> ofPeriods(List<PairOfNights> pairs) {
    List<PairOfNights> ordered = ordered(pairs);
    int periods = 0;
    LocalDate end = LocalDate.MIN;
    for (PairOfNights pair : ordered) {
      if (!pair.from().isBefore(end)) {
        periods++;
        end = pair.to();
      }
    }
    return of(ordered, Math.min(MOST_GROUPS, periods));
  }

  private static List<PairOfNights> ordered(List<PairOfNights> pairs) {
    return pairs.stream()
        .sorted(comparing(PairOfNights::to).thenComparing(PairOfNights::from))
        .toList();
  }

  private static List<List<PairOfNights>> of(List<PairOfNights> ordered, int most) {
    int groups = Math.min(most, ordered.size());
    List<List<PairOfNights>> grouped = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      grouped.add(ordered.subList(i * ordered.size() / groups, (i + 1) * ordered.size() / groups));
    }
    return grouped;
  }
}
