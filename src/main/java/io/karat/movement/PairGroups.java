package io.karat.movement;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups of successive pairs of nights, of equal size as far as they can be. Pairs of nights
 * overlap, so that it is groups and not single pairs that vary as if they were independent.
 */
final class PairGroups {
  /** The fewest pairs of nights from which net sales are expected. */
  static final int FEWEST_PAIRS = 6;

  private static final int MOST_GROUPS = 12;

  private PairGroups() {}

  /** Up to twelve groups, earliest first; each pair alone if there are no more. */
  static List<List<PairOfNights>> of(List<PairOfNights> pairs) {
    List<PairOfNights> ordered =
        pairs.stream()
            .sorted(comparing(PairOfNights::to).thenComparing(PairOfNights::from))
            .toList();
    int groups = Math.min(MOST_GROUPS, ordered.size());
    List<List<PairOfNights>> grouped = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      grouped.add(ordered.subList(i * ordered.size() / groups, (i + 1) * ordered.size() / groups));
    }
    return grouped;
  }
}
