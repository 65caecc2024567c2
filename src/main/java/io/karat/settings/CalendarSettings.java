package io.karat.settings;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the days on which a business is closed, so that no rows are expected.
 *
 * @param closed the closed weekdays; empty to take those on which an input has hardly ever rows
 */
public record CalendarSettings(Optional<List<DayOfWeek>> closed, List<Holiday> holidays) {
  public CalendarSettings {
    closed = closed.map(List::copyOf);
    holidays = List.copyOf(holidays);
  }

  /** Whether a day is a holiday. */
  public boolean isHoliday(LocalDate day) {
    return holidays.stream().anyMatch(holiday -> holiday.includes(day));
  }

  /** A closed day or period. */
  public sealed interface Holiday {
    boolean includes(LocalDate day);

    /** A day of every year. */
    record Yearly(MonthDay day) implements Holiday {
      @Override
      public boolean includes(LocalDate date) {
        return MonthDay.from(date).equals(day);
      }
    }

    /** The days from the first to the last, both included. */
    record Period(LocalDate first, LocalDate last) implements Holiday {
      @Override
      public boolean includes(LocalDate date) {
        return !date.isBefore(first) && !date.isAfter(last);
      }
    }
  }
}
