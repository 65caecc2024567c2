package io.karat.input;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;

/**
 * Days of events.
 *
 * @param days the days, in order
 * @param hasUnknown whether the rows without a readable day are among them
 */
public record EventDays(SortedSet<LocalDate> days, boolean hasUnknown) {
  public EventDays {
    days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
  }

  /** Whether a day is one of these; empty is the day that cannot be read. */
  public boolean contains(Optional<LocalDate> day) {
    return day.isPresent() ? days.contains(day.get()) : hasUnknown;
  }

  /** Those among all days that are in the same calendar months as these. */
  public EventDays wholeMonths(SortedSet<LocalDate> all) {
    Set<YearMonth> months = days.stream().map(YearMonth::from).collect(toSet());
    SortedSet<LocalDate> whole = new TreeSet<>(all);
    whole.removeIf(day -> !months.contains(YearMonth.from(day)));
    return new EventDays(whole, hasUnknown);
  }

  /** True where the day of a row is one of these. */
  public Column contain(Column day) {
    Column isKnown = days.isEmpty() ? lit(false) : day.isin(days.toArray());
    return hasUnknown ? isKnown.or(day.isNull()) : isKnown;
  }
}
