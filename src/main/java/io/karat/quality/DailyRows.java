package io.karat.quality;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.karat.settings.CalendarSettings;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Rows of an input by day, with the days on which rows are expected.
 *
 * @param rows the number of rows of each day that has any, up to the as-of day
 */
public record DailyRows(
    LocalDate asOf,
    SortedMap<LocalDate, Long> rows,
    Set<DayOfWeek> closed,
    CalendarSettings calendar) {
  private static final int LEARNED_WEEKS = 8;
  private static final int REGULAR_WEEKS = 6;
  private static final int COMPARED_WEEKS = 12;
  private static final int COMPARED_MONTHS = 12;
  private static final int FEWEST = 4;
  private static final int YEAR = 365;
  private static final double USUAL = 0.95;
  private static final double DEVIATION_OF_MAD = 1.4826;

  public DailyRows {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    closed = Set.copyOf(closed);
  }

  /**
   * The rows of an input.
   *
   * @param rows the number of rows of each day that has any; days after {@code asOf} are ignored
   */
  public static DailyRows of(
      LocalDate asOf, SortedMap<LocalDate, Long> rows, CalendarSettings calendar) {
    SortedMap<LocalDate, Long> known = new TreeMap<>(rows).headMap(asOf.plusDays(1));
    Set<DayOfWeek> closed =
        calendar.closed().<Set<DayOfWeek>>map(Set::copyOf).orElseGet(() -> learned(known));
    return new DailyRows(asOf, known, closed, calendar);
  }

  /**
   * The weekdays with rows on at most one of their last eight days before the newest rows; none if
   * no weekday has rows on at least six, as for a firm that delivers once a month.
   */
  private static Set<DayOfWeek> learned(SortedMap<LocalDate, Long> rows) {
    if (rows.isEmpty() || rows.firstKey().isAfter(rows.lastKey().minusWeeks(LEARNED_WEEKS))) {
      return Set.of();
    }

    Map<DayOfWeek, Long> days =
        rows.tailMap(rows.lastKey().minusWeeks(LEARNED_WEEKS).plusDays(1)).keySet().stream()
            .collect(groupingBy(LocalDate::getDayOfWeek, counting()));
    return Collections.max(days.values()) < REGULAR_WEEKS
        ? Set.of()
        : Arrays.stream(DayOfWeek.values())
            .filter(weekday -> days.getOrDefault(weekday, 0L) <= 1)
            .collect(toSet());
  }

  /** Whether rows are expected on a day at all. */
  boolean isOpen(LocalDate day) {
    return !closed.contains(day.getDayOfWeek()) && !calendar.isHoliday(day);
  }

  long ofAsOfDay() {
    return rows.getOrDefault(asOf, 0L);
  }

  /** The newest day with rows; empty without any. */
  Optional<LocalDate> newest() {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.lastKey());
  }

  /** The number of open days without rows up to the as-of day, from the newest rows on. */
  long openDaysWithoutRows() {
    return newest().map(day -> openDays(day, asOf.plusDays(1))).orElse(1L);
  }

  /**
   * The longest usual number of open days without rows between two days with rows of the last year:
   * 19 in 20 gaps are not longer; 0 with fewer than four gaps.
   */
  long usualDaysWithoutRows() {
    List<LocalDate> days = List.copyOf(rows.tailMap(asOf.minusDays(YEAR)).keySet());
    List<Long> gaps =
        IntStream.range(1, days.size())
            .mapToObj(next -> openDays(days.get(next - 1), days.get(next)))
            .sorted()
            .toList();
    return gaps.size() < FEWEST ? 0 : gaps.get((int) Math.ceil(USUAL * gaps.size()) - 1);
  }

  /** The number of open days between two days, both excluded. */
  private long openDays(LocalDate after, LocalDate before) {
    return after.plusDays(1).datesUntil(before).filter(this::isOpen).count();
  }

  /**
   * The deviation of the as-of day's rows from the median of comparable days, in robust standard
   * deviations; empty on a closed day and with fewer than four comparable days. Comparable are the
   * same weekdays of twelve weeks or the same days of twelve months, whichever is nearer; the last
   * day of a month stands for all later ones.
   */
  OptionalDouble deviation() {
    return isOpen(asOf)
        ? Stream.concat(Stream.of(weekdays()), monthDays())
            .map(this::counts)
            .filter(counts -> counts.length >= FEWEST)
            .mapToDouble(counts -> deviation((double) ofAsOfDay(), counts))
            .min()
        : OptionalDouble.empty();
  }

  private List<LocalDate> weekdays() {
    return earlier(COMPARED_WEEKS, asOf::minusWeeks);
  }

  private Stream<List<LocalDate>> monthDays() {
    boolean isLast = asOf.getDayOfMonth() == asOf.lengthOfMonth();
    return IntStream.rangeClosed(asOf.getDayOfMonth(), isLast ? 31 : asOf.getDayOfMonth())
        .mapToObj(
            day ->
                earlier(
                    COMPARED_MONTHS,
                    months -> {
                      LocalDate month = asOf.minusMonths(months);
                      return month.withDayOfMonth(Math.min(day, month.lengthOfMonth()));
                    }));
  }

  private static List<LocalDate> earlier(int steps, Function<Long, LocalDate> before) {
    List<LocalDate> days = new ArrayList<>();
    for (long step = 1; step <= steps; step++) {
      days.add(before.apply(step));
    }
    return days;
  }

  /** The rows of the open ones of some days, without those before the first rows. */
  private double[] counts(List<LocalDate> days) {
    return days.stream()
        .filter(day -> !rows.isEmpty() && !day.isBefore(rows.firstKey()) && isOpen(day))
        .mapToDouble(day -> rows.getOrDefault(day, 0L))
        .toArray();
  }

  /**
   * The distance to the median in scaled median absolute deviations, which are at least those of
   * counts of independent events (Poisson).
   */
  private static double deviation(double count, double[] others) {
    double median = new Median().evaluate(others);
    double spread =
        new Median().evaluate(Arrays.stream(others).map(it -> Math.abs(it - median)).toArray());
    double scale = Math.max(DEVIATION_OF_MAD * spread, Math.max(1, Math.sqrt(median)));
    return Math.abs(count - median) / scale;
  }
}
