package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Closed weekdays and holidays as a configuration may write them. */
class CalendarKeysTest {
  @Test
  void weekdaysAreLearnedUnlessTheyAreGiven() {
    assertEquals(Optional.empty(), calendar("{}").closed());
    assertEquals(Optional.of(List.of(DayOfWeek.SUNDAY)), calendar("{closed: sunday}").closed());
    assertEquals(
        Optional.of(List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)),
        calendar("{closed: [saturday, sunday]}").closed());
    assertEquals(Optional.of(List.of()), calendar("{closed: []}").closed());
  }

  @Test
  void aHolidayIsADayOfEveryYearADayOrAPeriod() {
    CalendarSettings calendar =
        calendar("{holidays: [12-25, 2026-04-03, 2026-02-16 to 2026-02-22]}");

    for (String day :
        List.of("2025-12-25", "2026-12-25", "2026-04-03", "2026-02-16", "2026-02-22")) {
      assertTrue(calendar.isHoliday(LocalDate.parse(day)), day);
    }
    for (String day : List.of("2025-12-24", "2027-04-03", "2026-02-15", "2026-02-23")) {
      assertFalse(calendar.isHoliday(LocalDate.parse(day)), day);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{holidays: [25.12.]}      | 'calendar.holidays[0]' is '25.12.', expected a day such as"
            + " 12-25 or 2026-04-03, or days such as 2026-02-16 to 2026-02-22.",
        "{holidays: 13-01}         | 'calendar.holidays' is '13-01', expected a day such as 12-25"
            + " or 2026-04-03, or days such as 2026-02-16 to 2026-02-22.",
        "{holidays: 2026-02-30}    | 'calendar.holidays' is '2026-02-30', expected a day such as"
            + " 12-25 or 2026-04-03, or days such as 2026-02-16 to 2026-02-22.",
        "{holidays: 2026-02-03 to 2026-02-01} | 'calendar.holidays' is '2026-02-03 to 2026-02-01',"
            + " expected a day such as 12-25 or 2026-04-03, or days such as 2026-02-16 to"
            + " 2026-02-22.",
        "{closed: sun}             | 'calendar.closed' is 'sun', expected auto or a list such as"
            + " [saturday, sunday].",
        "{weekend: sunday}         | unknown key 'calendar.weekend'.",
      })
  void whatIsNoDayIsRefused(String calendar, String message) {
    List<String> problems = Configurations.problemsOf("calendar: " + calendar);

    assertTrue(problems.get(0).contains(message), problems::toString);
  }

  private static CalendarSettings calendar(String calendar) {
    return Configurations.read(Configurations.LEAST + "calendar: " + calendar + "\n").calendar();
  }
}
