package io.karat.quality;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.CalendarSettings;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Freshness and anomalies of firms that deliver daily, on weekdays, or once a month. */
class DayChecksTest {
  private static final LocalDate FIRST = LocalDate.parse("2025-01-01");
  private static final LocalDate LAST = LocalDate.parse("2026-03-31");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Saturday and Sunday are learned to be closed, so Friday's rows are the newest expected.
        "2026-02-27 |            | passed",
        "2026-02-28 | 2026-02-28 | passed",
        "2026-03-01 | 2026-02-28 | passed",
        "2026-03-02 | 2026-03-02 | warned",
        "2026-02-28 | 2026-02-27 | warned",
        "2026-03-03 | 2026-03-02 | warned",
      })
  void aFirmThatIsClosedAtWeekendsIsWarnedOfMissingWeekdaysOnly(
      LocalDate night, String missingFrom, String status) {
    SortedMap<LocalDate, Long> rows = rows(day -> isWeekday(day) ? 100 : 0);
    if (missingFrom != null) {
      rows = rows.headMap(LocalDate.parse(missingFrom));
    }

    assertEquals(status, checks("{}", "{}", night, rows).freshness().status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                        | 2026-01-01 | warned",
        "{holidays: [01-01]}                       | 2026-01-01 | passed",
        "{holidays: [2026-01-01]}                  | 2026-01-01 | passed",
        "{holidays: [2025-01-01]}                  | 2026-01-01 | warned",
        "{holidays: [2025-12-30 to 2026-01-02]}    | 2026-01-01 | passed",
        "{closed: [thursday]}                      | 2026-01-01 | passed",
        "{closed: []}                              | 2026-01-01 | warned",
      })
  void holidaysAreClosedDays(String calendar, LocalDate night, String status) {
    SortedMap<LocalDate, Long> rows = rows(day -> 100);
    rows.remove(night);

    assertEquals(status, checks(calendar, "{}", night, rows).freshness().status());
  }

  @Test
  void noRowsForWeeksAreNoClosedDays() {
    SortedMap<LocalDate, Long> rows = rows(day -> 100).headMap(LocalDate.parse("2025-12-01"));

    CheckResult result = checks("{}", "{}", LAST, rows).freshness();

    assertEquals(
        "warned | 'transactions' has no row after 2025-11-30: 121 open days up to 2026-03-31 have"
            + " none, expected at most 0. Check that the days were delivered, or name holidays in"
            + " 'calendar'. | “transactions”在 2025-11-30 之后没有任何行：截至 2026-03-31 已有 121"
            + " 个营业日无数据，应不超过 0 个。请检查数据是否已送达，或在“calendar”中写明节假日。",
        Outcomes.of(result));
  }

  /** The last day of a month is its 28th to 31st, so 27 to 30 days without an invoice are usual. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-01-31 | passed | 0",
        "2026-02-01 | passed | 1",
        "2026-02-27 | passed | 27",
        "2026-02-28 | passed | 0",
        "2026-03-30 | passed | 30",
        "2026-03-31 | passed | 0",
      })
  void aFirmThatSendsInvoicesAtTheEndOfMonthsIsNotWarnedInBetween(
      LocalDate night, String status, String missed) {
    CheckResult result = checks("{}", "{}", night, rows(DayChecksTest::atMonthEnd)).freshness();

    assertEquals(status, result.status());
    assertEquals(missed, result.value().orElseThrow().toPlainString());
  }

  @Test
  void aFirmThatSendsInvoicesAtTheEndOfMonthsIsWarnedOfAMissingMonth() {
    SortedMap<LocalDate, Long> rows =
        rows(DayChecksTest::atMonthEnd).headMap(LocalDate.parse("2026-02-01"));

    assertEquals("passed", checks("{}", "{}", date("2026-02-28"), rows).freshness().status());
    assertEquals("warned", checks("{}", "{}", date("2026-03-05"), rows).freshness().status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100 | passed | 0",
        "160 | passed | 6",
        "161 | warned | 6.1",
        "39  | warned | 6.1",
        "0   | warned | 10",
      })
  void rowsFarFromThoseOfTheSameWeekdaysAreAnAnomaly(long count, String status, String deviation) {
    SortedMap<LocalDate, Long> rows = rows(day -> 100);
    rows.put(LAST, count);

    CheckResult result = checks("{}", "{}", LAST, rows).anomaly();

    assertEquals(status, result.status());
    assertEquals(deviation, result.value().orElseThrow().stripTrailingZeros().toPlainString());
  }

  @Test
  void quietWeekdaysAreComparedWithQuietOnes() {
    SortedMap<LocalDate, Long> rows =
        rows(day -> day.getDayOfWeek() == DayOfWeek.SATURDAY ? 10 : 1000);

    assertEquals("passed", checks("{}", "{}", date("2026-03-28"), rows).anomaly().status());
    assertEquals("passed", checks("{}", "{}", date("2026-03-27"), rows).anomaly().status());
  }

  /** The invoices of the 30th are sent on the last day of February. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 | 2026-01-30",
        "30 | 2026-02-28",
        "31 | 2026-02-28",
        "31 | 2026-03-31",
        "15 | 2026-02-15"
      })
  void aDayOfTheMonthMayHaveItsOwnNumberOfRows(int dayOfMonth, LocalDate night) {
    SortedMap<LocalDate, Long> rows =
        rows(day -> day.getDayOfMonth() == Math.min(dayOfMonth, day.lengthOfMonth()) ? 2000 : 20);

    assertEquals("passed", checks("{}", "{}", night, rows).anomaly().status());
    assertEquals("passed", checks("{}", "{}", night.minusDays(1), rows).anomaly().status());
    rows.put(night, 20L);
    rows.put(night.minusDays(1), 2000L);
    assertEquals("warned", checks("{}", "{}", night.minusDays(1), rows).anomaly().status());
  }

  @Test
  void closedDaysAndNewInputsAreNotCompared() {
    assertEquals(
        "passed | 2026-03-31 is a closed day for 'transactions': the number of rows is not"
            + " compared. | 2026-03-31 为“transactions”的休息日，未比较行数。",
        Outcomes.of(checks("{closed: tuesday}", "{}", LAST, rows(day -> 100)).anomaly()));
    assertEquals(
        "passed | 'transactions' has too few days like 2025-01-20 before it to compare the number"
            + " of rows. | “transactions”在 2025-01-20 之前的可比日太少，未比较行数。",
        Outcomes.of(checks("{}", "{}", date("2025-01-20"), rows(day -> 100)).anomaly()));
  }

  @Test
  void anAnomalySaysTheNumberOfRows() {
    SortedMap<LocalDate, Long> rows = rows(day -> 100);
    rows.put(LAST, 30L);

    assertEquals(
        "refused | 'transactions' has 30 rows of 2026-03-31, 7 robust standard deviations from the"
            + " median of comparable days: expected at most 5. | “transactions”在 2026-03-31 有 30"
            + " 行，与可比日的中位数相差 7 个稳健标准差，应不超过 5 个。",
        Outcomes.of(checks("{}", "{anomaly: {severity: error, max: 5}}", LAST, rows).anomaly()));
  }

  /** Sixty nights of a steady firm whose days vary by chance, like 100 independent sales. */
  @Test
  void aSteadyFirmIsNotWarnedForSixtyNights() {
    SortedMap<LocalDate, Long> rows =
        rows(day -> isWeekday(day) ? 100 + (day.toEpochDay() * 7919 % 41 - 20) : 0);

    List<LocalDate> warned =
        LAST.minusDays(59)
            .datesUntil(LAST.plusDays(1))
            .filter(
                night -> {
                  DayChecks checks = checks("{}", "{}", night, rows);
                  return checks.freshness().isWarning() || checks.anomaly().isWarning();
                })
            .toList();

    assertTrue(warned.isEmpty(), warned::toString);
  }

  private static long atMonthEnd(LocalDate day) {
    return day.getDayOfMonth() == day.lengthOfMonth() ? 40 : 0;
  }

  private static boolean isWeekday(LocalDate day) {
    return day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue();
  }

  private static LocalDate date(String day) {
    return LocalDate.parse(day);
  }

  private static SortedMap<LocalDate, Long> rows(ToLongFunction<LocalDate> count) {
    Predicate<Long> isAny = rows -> rows > 0;
    return FIRST
        .datesUntil(LAST.plusDays(1))
        .filter(day -> isAny.test(count.applyAsLong(day)))
        .collect(toMap(day -> day, count::applyAsLong, Long::sum, TreeMap::new));
  }

  private static DayChecks checks(
      String calendar, String checks, LocalDate night, SortedMap<LocalDate, Long> rows) {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read(
            "karat.yaml",
            """
            inputs:
              transactions:
                path: unused
                columns: {customer_id: c, transaction_time: t, amount: a}
            calendar: %s
            checks: %s
            """
                .formatted(calendar, checks),
            Map.of(),
            List.of(),
            problems);
    problems.throwIfAny();
    CalendarSettings days = settings.calendar();
    return new DayChecks("transactions", settings.checks(), DailyRows.of(night, rows, days));
  }
}
