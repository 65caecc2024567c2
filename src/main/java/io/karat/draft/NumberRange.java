package io.karat.draft;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Range of numbers, from the least to the largest. */
record NumberRange(BigDecimal least, BigDecimal largest) {
  private static final int PERCENT = 100;
  private static final int BEST = 5;

  /** The largest numbers of usual scales on which customers say how content they are. */
  private static final List<Integer> SCALES = List.of(BEST, 7, 10, PERCENT);

  static Optional<NumberRange> of(List<BigDecimal> numbers) {
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(new NumberRange(Collections.min(numbers), Collections.max(numbers)));
  }

  /** Whether probabilities in this range are in percent. */
  boolean isOfPercent() {
    return least.signum() >= 0 && largest.compareTo(BigDecimal.ONE) > 0 && isUpTo(PERCENT);
  }

  /** The scale of levels in this range; empty if it is that from 1 to 5, or none that is usual. */
  Optional<Scale> scale() {
    boolean isFromOne = least.compareTo(BigDecimal.ONE) >= 0;
    boolean isLevel = isFromOne && isUpTo(BEST);
    return isLevel || least.signum() < 0
        ? Optional.empty()
        : SCALES.stream()
            .filter(this::isUpTo)
            .findFirst()
            .map(best -> new Scale(isFromOne && best < PERCENT ? 1 : 0, best));
  }

  /** Whether it lies within the levels from 1 to 5, or could be brought there. */
  boolean isOfLevels() {
    return least.signum() >= 0 && isUpTo(PERCENT);
  }

  private boolean isUpTo(int number) {
    return largest.compareTo(BigDecimal.valueOf(number)) <= 0;
  }

  String inWords() {
    return "%s to %s".formatted(least.toPlainString(), largest.toPlainString());
  }

  /** Scale of levels from its worst to its best. */
  record Scale(int worst, int best) {
    /** The level from 1 to 5 in Spark SQL. */
    String reading(String number) {
      String above = worst == 0 ? number : "(%s - %d)".formatted(number, worst);
      return "%s * 4 / %d + 1".formatted(above, best - worst);
    }

    String inWords() {
      return "%d to %d".formatted(worst, best);
    }
  }
}
