package io.karat.movement;

import static java.util.Comparator.comparingLong;

import io.karat.settings.MovementSettings;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Period over which nights are compared: since the previous night, whatever its distance, or over a
 * number of days, with the night that is nearest to it.
 *
 * @param days 1 for the previous night
 */
public record ComparisonPeriod(int days) {
  /** The period since the latest earlier night. */
  public static final ComparisonPeriod PREVIOUS_NIGHT = new ComparisonPeriod(1);

  private static final int WIDEST_TOLERANCE = 15;

  /** The compared periods: since the previous night, and the configured one. */
  public static List<ComparisonPeriod> of(MovementSettings settings) {
    return List.of(PREVIOUS_NIGHT, new ComparisonPeriod(settings.periodDays()));
  }

  public boolean isPreviousNight() {
    return days == PREVIOUS_NIGHT.days();
  }

  /** The fewest days between two nights that are a period apart. */
  public int fewestDays() {
    return days - tolerance();
  }

  /** The most days between two nights that are a period apart. */
  public int mostDays() {
    return days + tolerance();
  }

  /** The longest gap between nights with which there is always one to compare with. */
  public int longestGap() {
    return 2 * tolerance() + 1;
  }

  /** A half period at most, so that a shorter one is not compared with the night itself. */
  private int tolerance() {
    return Math.min(WIDEST_TOLERANCE, days / 2);
  }

  /**
   * The night to compare with; of two that are equally near the older one.
   *
   * @param nights days of any nights, in any order
   */
  public Optional<LocalDate> night(LocalDate asOf, Collection<LocalDate> nights) {
    if (isPreviousNight()) {
      return nights.stream().filter(night -> night.isBefore(asOf)).max(Comparator.naturalOrder());
    }
    return nights.stream()
        .filter(night -> isWithin(ChronoUnit.DAYS.between(night, asOf)))
        .min(
            comparingLong((LocalDate night) -> distance(night, asOf))
                .thenComparing(Comparator.naturalOrder()));
  }

  private boolean isWithin(long between) {
    return between >= fewestDays() && between <= mostDays();
  }

  private long distance(LocalDate night, LocalDate asOf) {
    return Math.abs(ChronoUnit.DAYS.between(night, asOf) - days);
  }
}
