package io.karat.measures;

import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * The days, both inclusive, over which a measure is taken.
 *
 * @param suffix how columns over it end
 * @param from the first day; none where it goes back to the beginning
 */
public record Period(String suffix, Optional<LocalDate> from, LocalDate to, LocalDate asOf) {

  /** Everything up to the as-of day. */
  public static Period lifetime(LocalDate asOf) {
    return new Period("lifetime", Optional.empty(), asOf, asOf);
  }

  /** The last {@code days} days: for 365 at as-of day T, T-364 to T. */
  public static Period lastDays(int days, LocalDate asOf) {
    return new Period(days + "d", Optional.of(asOf.minusDays(days - 1L)), asOf, asOf);
  }

  /** The whole calendar months inside; it may be empty, with its last day before its first. */
  public Period wholeMonths() {
    return new Period(
        suffix + "_whole_months",
        from.map(day -> firstWholeMonth(day).atDay(1)),
        lastWholeMonth().atEndOfMonth(),
        asOf);
  }

  /** The first whole month, counted in months since year 0; none where there is no first day. */
  public Optional<Integer> firstMonth() {
    return from.map(day -> number(firstWholeMonth(day)));
  }

  /** The last whole month, counted in months since year 0. */
  public int lastMonth() {
    return number(lastWholeMonth());
  }

  /** Whether a day, none of which is after the as-of day, lies inside. */
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
