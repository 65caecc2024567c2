package io.karat.measures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {
  @Test
  void aYearOfDaysEndsOnTheAsOfDay() {
    Period year = Period.lastDays(365, LocalDate.of(2026, 3, 1));

    assertEquals(Optional.of(LocalDate.of(2025, 3, 2)), year.from());
    assertEquals(LocalDate.of(2026, 3, 1), year.to());
    assertEquals("365d", year.suffix());
  }

  @Test
  void aDayIsTheAsOfDay() {
    assertEquals(
        Optional.of(LocalDate.of(2026, 3, 1)), Period.lastDays(1, LocalDate.of(2026, 3, 1)).from());
  }

  /** 2026-03 is month 12 x 2026 + 3 = 24315. */
  @ParameterizedTest(name = "{1} days to {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-05-31 | 92 | 2026-03-01 | 2026-05-31 | 24315 | 24317
          2026-05-30 | 91 | 2026-03-01 | 2026-04-30 | 24315 | 24316
          2026-05-31 | 91 | 2026-04-01 | 2026-05-31 | 24316 | 24317
          2026-02-28 | 28 | 2026-02-01 | 2026-02-28 | 24314 | 24314
          2024-02-28 | 28 | 2024-02-01 | 2024-01-31 | 24290 | 24289
          2026-03-15 | 10 | 2026-04-01 | 2026-02-28 | 24316 | 24314
          """)
  void theWholeMonthsOfAWindowBeginOnAFirstAndEndOnALast(
      LocalDate asOf, int days, LocalDate from, LocalDate to, int firstMonth, int lastMonth) {
    Period window = Period.lastDays(days, asOf);

    assertEquals(Optional.of(from), window.wholeMonths().from());
    assertEquals(to, window.wholeMonths().to());
    assertEquals(Optional.of(firstMonth), window.firstMonth());
    assertEquals(lastMonth, window.lastMonth());
    assertEquals(days + "d_whole_months", window.wholeMonths().suffix());
  }

  @Test
  void theWholeMonthsOfALifetimeHaveNoFirst() {
    Period lifetime = Period.lifetime(LocalDate.of(2026, 3, 15));

    assertEquals(Optional.empty(), lifetime.wholeMonths().from());
    assertEquals(LocalDate.of(2026, 2, 28), lifetime.wholeMonths().to());
    assertEquals(Optional.empty(), lifetime.firstMonth());
  }
}
