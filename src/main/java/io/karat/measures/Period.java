package io.karat.measures;

import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * A period of days, both ends inclusive, that a measure covers.
 *
 * @param suffix the suffix of the columns over it
 * @param from the first day; empty if the period has no beginning
 */
public record Period(String suffix, Optional<LocalDate> from, LocalDate to, LocalDate asOf) {

  /** All days up to the as-of day. */
  public static Period lifetime(LocalDate asOf) {
    return new Period("lifetime", Optional.empty(), asOf, asOf);
  }

  /** The last {@code days} days: for 365 at as-of day T, T-364 to T. */
  public static Period lastDays(int days, LocalDate asOf) {
    return new Period(days + "d", Optional.of(asOf.minusDays(days - 1L)), asOf, asOf);
  }

  /** The whole calendar months inside; empty if its last day is before its first. */
  public Period wholeMonths() {
    return new Period(
        suffix + "_whole_months",
        from.map(day -> firstWholeMonth(day).atDay(1)),
        lastWholeMonth().atEndOfMonth(),
        asOf);
  }

  /**
   * The first whole month, counted in months since year 0; empty if the period has no beginning.
   */
  public Optional<Integer> firstMonth() {
    return from.map(day -> number(firstWholeMonth(day)));
  }

  /** The last whole month, counted in months since year 0. */
  public int lastMonth() {
    return number(lastWholeMonth());
  }

  /** Whether a day is inside the period; the day must not be after the as-of day. */
  Column contains(Column day) {
    Column isNotLater = to.equals(asOf) ? lit(true) : day.leq(lit(to));
    return from.map(first -> day.geq(lit(first)).and(isNotLater)).orElse(isNotLater);
  }

  private static YearMonth firstWholeMonth(LocalDate day) {
    return day.getDayOfMonth() == 1 ? YearMonth.from(day) : YearMonth.from(day).plusMonths(1);
  }

  private YearMonth lastWholeMonth() {
    YearMonth month = YearMonth.from(to);
    return month.atEndOfMonth().equals(to) ? month : month.minusMonths(1);
  }

  private static int number(YearMonth month) {
    return month.getYear() * 12 + month.getMonthValue();
  }
}
