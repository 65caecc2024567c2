package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.quality.CheckResult;
import io.karat.quality.DriftChecks;
import io.karat.quality.PopulationStabilityIndex;
import io.karat.settings.Checks;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of the drift of {@code recency_days} in firms whose sales follow the calendar, in plain
 * Java: {@link SegmentAssignmentTest} shows that the expression of a night gives the same.
 */
class CalendarDriftTest {
  private static final SegmentPlan PLAN = SegmentedCustomers.plan("k: 5");
  private static final Checks CHECKS =
      ConfigurationReader.read(
              "karat.yaml", SegmentedCustomers.INPUTS, Map.of(), List.of(), new Problems())
          .checks();
  private static final int DAYS_BEFORE = 400;
  private static final int STEADY_NIGHTS = 60;

  /** Days on which customers buy. */
  enum Sales {
    /** Every 4 to 40 days, from Monday to Friday. */
    WEEKDAYS,
    /** As on weekdays, but nobody from 24 December to 6 January. */
    CLOSED_AT_CHRISTMAS,
    /** Nine in ten each Thursday. */
    THURSDAYS,
    /** All but three in a hundred on the last weekday of the month. */
    MONTH_ENDS,
    /** Nine in ten on the last weekday of the month. */
    MOST_MONTH_ENDS,
    /** Every other customer at month ends, the others on weekdays. */
    MIXED,
    /** Three in twenty on the last weekday of a quarter, the others of every month. */
    QUARTERS;

    boolean includes(LocalDate day, int customer, double since, double chance) {
      return switch (this) {
        case WEEKDAYS -> isWeekday(day) && since >= 4 + customer * 7 % 37 - 3 && chance < 0.3;
        case CLOSED_AT_CHRISTMAS ->
            WEEKDAYS.includes(day, customer, since, chance)
                && (day.getDayOfYear() > 6 && day.getDayOfYear() < 358);
        case THURSDAYS -> day.getDayOfWeek() == DayOfWeek.THURSDAY && chance < 0.9;
        case MONTH_ENDS -> isLastWeekday(day) && chance < 0.97;
        case MOST_MONTH_ENDS -> isLastWeekday(day) && chance < 0.9;
        case MIXED ->
            (customer % 2 == 0 ? WEEKDAYS : MOST_MONTH_ENDS).includes(day, customer, since, chance);
        case QUARTERS ->
            MONTH_ENDS.includes(day, customer, since, chance)
                && (customer % 20 >= 3 || day.getMonthValue() % 3 == 0);
      };
    }

    private static boolean isWeekday(LocalDate day) {
      return day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue();
    }

    private static boolean isLastWeekday(LocalDate day) {
      LocalDate last = day.withDayOfMonth(day.lengthOfMonth());
      int weekend = Math.max(0, last.getDayOfWeek().getValue() - DayOfWeek.FRIDAY.getValue());
      return day.equals(last.minusDays(weekend));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "WEEKDAYS,            1000",
    "WEEKDAYS,             220",
    "WEEKDAYS,              60",
    "CLOSED_AT_CHRISTMAS, 1000",
    "THURSDAYS,            220",
    "MONTH_ENDS,           400",
    "MOST_MONTH_ENDS,     1000",
    "MOST_MONTH_ENDS,      220",
    "MIXED,                500",
    "QUARTERS,            1000",
  })
  void aSteadyFirmIsNotWarnedForSixtyNights(Sales sales, int customers) {
    for (String fit : List.of("2026-01-01", "2026-01-17", "2026-01-31", "2026-03-25")) {
      List<int[]> nights = nights(sales, customers, LocalDate.parse(fit), STEADY_NIGHTS, 1);

      assertEquals(List.of(), warnings(sales, LocalDate.parse(fit), nights), fit);
    }
  }

  /** Nobody buys any more, or only half as often, from the night of the fit on. */
  @ParameterizedTest
  @CsvSource({
    "WEEKDAYS,        1000, stop,   63",
    "WEEKDAYS,         220, stop,   63",
    "WEEKDAYS,          60, stop,   63",
    "THURSDAYS,        220, stop,   63",
    "MOST_MONTH_ENDS, 1000, stop,   63",
    "WEEKDAYS,        1000, double, 70",
    "WEEKDAYS,         220, double, 70",
  })
  void aFirmThatLosesItsSalesIsWarned(Sales sales, int customers, String change, int within) {
    LocalDate fit = LocalDate.of(2026, 1, 1);
    double pace = change.equals("stop") ? 0 : 0.5;

    List<Integer> warnings = warnings(sales, fit, nights(sales, customers, fit, 100, pace));

    assertTrue(!warnings.isEmpty() && warnings.get(0) <= within, warnings.toString());
  }

  /** The nights after a fit on which the drift of recency is warned of. */
  private static List<Integer> warnings(Sales sales, LocalDate fit, List<int[]> nights) {
    int weeks = sales == Sales.QUARTERS ? 14 : 9;
    Feature feature =
        FeatureFitting.of(
                "recency_days",
                BigDecimal.ONE,
                PLAN.scale("recency_days"),
                OptionalInt.of(weeks),
                Arrays.stream(nights.get(0)).asDoubleStream().toArray())
            .orElseThrow();
    long[] then = feature.counts().stream().mapToLong(Long::longValue).toArray();
    return IntStream.range(1, nights.size())
        .filter(night -> check(feature, fit, night, then, nights.get(night)).isWarning())
        .boxed()
        .toList();
  }

  private static CheckResult check(
      Feature feature, LocalDate fit, int night, long[] then, int[] recencies) {
    long[] now = new long[then.length];
    for (int days : recencies) {
      double scaled = feature.scale().of(days);
      now[(int) feature.cuts().stream().filter(cut -> scaled >= cut.doubleValue()).count()]++;
    }
    int customers = recencies.length;
    return new DriftChecks(CHECKS, fit.plusDays(night), fit.toString(), customers, customers)
        .psi(
            feature.name(),
            PLAN.column(feature.name()).label(),
            PLAN.column(feature.name()).isGrowing(),
            PopulationStabilityIndex.of(then, now));
  }

  /**
   * The days since the last sale of each customer, on the night of the fit and later ones.
   *
   * @param pace how often customers buy after the fit, compared with before
   */
  private static List<int[]> nights(
      Sales sales, int customers, LocalDate fit, int count, double pace) {
    List<int[]> nights =
        IntStream.rangeClosed(0, count).mapToObj(night -> new int[customers]).toList();
    Random chance = new Random(7);
    for (int customer = 0; customer < customers; customer++) {
      int since = customer % 50;
      for (int day = -DAYS_BEFORE; day <= count; day++) {
        since++;
        double slowed = day > 0 ? since * pace : since;
        boolean isOn = sales.includes(fit.plusDays(day), customer, slowed, chance.nextDouble());
        since = isOn && (day <= 0 || pace > 0) ? 0 : since;
        if (day >= 0) {
          nights.get(day)[customer] = since;
        }
      }
    }
    return nights;
  }
}
