package io.karat.movement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonPeriodTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          daily              | 2026-03-31 | 2026-02-28 2026-03-01 2026-03-02 2026-03-30       | 2026-03-30 | 2026-03-01
          weekdays only      | 2026-03-30 | 2026-02-27 2026-03-02 2026-03-26 2026-03-27       | 2026-03-27 | 2026-02-27
          weekly             | 2026-03-29 | 2026-02-22 2026-03-01 2026-03-08 2026-03-22       | 2026-03-22 | 2026-03-01
          monthly            | 2026-03-31 | 2025-12-31 2026-01-31 2026-02-28                  | 2026-02-28 | 2026-02-28
          monthly, February  | 2026-02-28 | 2025-12-31 2026-01-31                             | 2026-01-31 | 2026-01-31
          quarterly          | 2026-03-31 | 2025-09-30 2025-12-31                             | 2025-12-31 | none
          one night only     | 2026-03-31 |                                                   | none       | none
          irregular          | 2026-03-31 | 2026-01-02 2026-03-16 2026-03-29                  | 2026-03-29 | 2026-03-16
          too near           | 2026-03-31 | 2026-03-17 2026-03-29                             | 2026-03-29 | none
          too far            | 2026-03-31 | 2026-02-13                                        | 2026-02-13 | none
          equally near       | 2026-03-31 | 2026-02-27 2026-03-03                             | 2026-03-03 | 2026-02-27
          later nights exist | 2026-03-31 | 2026-03-01 2026-04-01 2026-04-30                  | 2026-03-01 | 2026-03-01
          """)
  void theOneNightIsTheLatestAndTheOtherTheNearestToAPeriodAgo(
      String schedule, LocalDate asOf, String nights, String latest, String nearest) {
    List<LocalDate> days =
        nights == null
            ? List.of()
            : Arrays.stream(nights.split(" ")).map(LocalDate::parse).toList();

    assertEquals(latest, found(ComparisonPeriod.PREVIOUS_NIGHT, asOf, days), schedule);
    assertEquals(nearest, found(new ComparisonPeriod(30), asOf, days), schedule);
  }

  private static String found(ComparisonPeriod period, LocalDate asOf, List<LocalDate> nights) {
    return period.night(asOf, nights).map(LocalDate::toString).orElse("none");
  }

  /** A week is compared over 4 to 10 days, a quarter over 75 to 105. */
  @ParameterizedTest
  @CsvSource({
    "2, 1, 3, 3",
    "7, 4, 10, 7",
    "30, 15, 45, 31",
    "90, 75, 105, 31",
    "366, 351, 381, 31"
  })
  void aNightMayBeHalfAPeriodAwayAndFifteenDaysAtMost(int days, int fewest, int most, int gap) {
    ComparisonPeriod period = new ComparisonPeriod(days);

    assertEquals(
        List.of(fewest, most, gap),
        List.of(period.fewestDays(), period.mostDays(), period.longestGap()));
  }

  /** Every quarter of a year is near enough to 90 days, so that advice to set it helps. */
  @Test
  void quarterlyNightsAreComparedOverAPeriodOfNinetyDays() {
    ComparisonPeriod quarter = new ComparisonPeriod(90);
    List<LocalDate> ends =
        List.of(
            LocalDate.of(2025, 3, 31),
            LocalDate.of(2025, 6, 30),
            LocalDate.of(2025, 9, 30),
            LocalDate.of(2025, 12, 31),
            LocalDate.of(2026, 3, 31));

    for (int i = 1; i < ends.size(); i++) {
      assertEquals(ends.get(i - 1).toString(), found(quarter, ends.get(i), ends));
    }
  }
}
