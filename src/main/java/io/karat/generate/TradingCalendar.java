package io.karat.generate;

import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/**
 * The firm's trade over the calendar: most before Christmas and on Saturdays, none on Sundays.
 *
 * <p>Trade is measured in ticks. A day has as many ticks as it has trade, a closed day none, so
 * that purchases spread evenly over ticks follow the seasons. Days are numbered from 0.
 */
final class TradingCalendar {
  private static final int[] TRADE_BY_MONTH = {8, 8, 9, 10, 10, 10, 9, 8, 10, 11, 13, 16};
  private static final int[] TRADE_BY_WEEKDAY = {9, 9, 10, 10, 12, 14, 0};

  private final LocalDate firstDay;
  private final int days;
  private final int[] ticksBefore;
  private final int[] dayOfTick;

  TradingCalendar(LocalDate firstDay, int days) {
    this.firstDay = firstDay;
    this.days = days;
    this.ticksBefore = new int[days + 1];
    for (int day = 0; day < days; day++) {
      ticksBefore[day + 1] = ticksBefore[day] + ticksOn(firstDay.plusDays(day));
    }
    this.dayOfTick =
        IntStream.range(0, days)
            .flatMap(day -> IntStream.range(ticksBefore[day], ticksBefore[day + 1]).map(t -> day))
            .toArray();
  }

  /** The trade of one day: about 10, and 0 on a closed day. */
  static int ticksOn(LocalDate day) {
    int month = TRADE_BY_MONTH[day.getMonthValue() - 1];
    int weekday = TRADE_BY_WEEKDAY[day.getDayOfWeek().getValue() - 1];
    return (month * weekday + 5) / 10;
  }

  LocalDate firstDay() {
    return firstDay;
  }

  int days() {
    return days;
  }

  LocalDate lastDay() {
    return firstDay.plusDays(days - 1L);
  }

  int ticks() {
    return ticksBefore[days];
  }

  int ticksBefore(int day) {
    return ticksBefore[day];
  }

  /** The number of the first tick on or after a day; null beyond the day after the last. */
  Column ticksBefore(Column day) {
    return get(lit(ticksBefore), day);
  }

  /** The number of the day of a tick; null beyond the last tick. */
  Column dayOf(Column tick) {
    return get(lit(dayOfTick), tick);
  }

  /** The number of the first open day on or after a day; null if there is none. */
  Column openDayFrom(Column day) {
    return dayOf(ticksBefore(day));
  }

  Column date(Column day) {
    return date_add(lit(firstDay), day);
  }
}
