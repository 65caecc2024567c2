package io.karat.movement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.quality.CheckResult;
import io.karat.settings.MovementSettings;
import io.karat.settings.Translations;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What pairs of nights let expect: ten customers who buy for about 100.00 in thirty days. */
class StateOutlookTest {
  private static final MovementSettings SETTINGS = new MovementSettings(30, new BigDecimal("0.10"));
  private static final List<String> STATES = List.of("ACTIVE", "LOST", "left");
  private static final LocalDate START = LocalDate.of(2025, 1, 1);

  /** Six pairs with a mean of 100 per customer and a standard deviation of the root of 50. */
  private static final List<PairOfNights> SIX = pairs(30, 1000, 1100, 900, 1050, 950, 1000);

  private static List<PairOfNights> pairs(int days, int... bought) {
    List<PairOfNights> pairs = new ArrayList<>();
    for (int i = 0; i < bought.length; i++) {
      LocalDate from = START.plusDays((long) i * days);
      pairs.add(pair(from, days, new StateMove("m", "ACTIVE", "ACTIVE", 10, amount(bought[i]))));
    }
    return pairs;
  }

  private static PairOfNights pair(LocalDate from, int days, StateMove... moves) {
    return new PairOfNights(from, from.plusDays(days), "run", 30, List.of(moves));
  }

  private static BigDecimal amount(int amount) {
    return BigDecimal.valueOf(amount);
  }

  private static double value(List<PairOfNights> pairs, String state) {
    StateOutlook outlook = StateOutlook.of(STATES, PooledMoves.of("m", pairs), SETTINGS);
    return Objects.requireNonNull(outlook.values().get(state));
  }

  /** 100 in each of twelve steps and a sixth of one more, discounted by 1.1^(-30/365) a step. */
  @Test
  void aCustomerWhoStaysIsExpectedToBuyForAYear() {
    double later = Math.pow(1.1, -30.0 / 365);
    double expected = 100.0 * Math.pow(later, 12) / 6;
    for (int step = 0; step < 12; step++) {
      expected += 100 * Math.pow(later, step);
    }

    assertEquals(expected, value(SIX, "ACTIVE"), 1e-9);
  }

  /** 280 in 84 days are 100 in 30 days, and about as much in a year. */
  @Test
  void salesOfOtherDaysAreBroughtToThePeriod() {
    List<PairOfNights> weekly = pairs(28, 933, 933, 934);

    assertEquals(
        "100.00",
        PooledMoves.of("m", weekly).mean("ACTIVE", 30).orElseThrow().setScale(2).toString());
    assertEquals(value(SIX, "ACTIVE"), value(weekly, "ACTIVE"), 1);
  }

  /** Half of the customers leave in each step: 100 x (1 + 1/2 + 1/4 + ...) is about 200. */
  @Test
  void valueDiesWithChurn() {
    List<PairOfNights> pairs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      pairs.add(
          pair(
              START.plusDays(30L * i),
              30,
              new StateMove("m", "ACTIVE", "ACTIVE", 5, amount(1000)),
              new StateMove("m", "ACTIVE", i == 0 ? "left" : "LOST", 5, amount(0)),
              new StateMove("m", "LOST", "LOST", 5, amount(0))));
    }

    assertEquals(200, value(pairs, "ACTIVE"), 2);
    assertEquals(0, value(pairs, "LOST"));
    assertEquals(0, value(pairs, "left"));
  }

  /** Nobody was followed from LOST, so nobody is expected to come back from there. */
  @Test
  void whoGoesWhereNobodyWasFollowedFromBringsNothing() {
    List<PairOfNights> pairs =
        List.of(
            pair(
                START,
                30,
                new StateMove("m", "ACTIVE", "ACTIVE", 5, amount(1000)),
                new StateMove("m", "ACTIVE", "LOST", 5, amount(0))));

    assertEquals(200, value(pairs, "ACTIVE"), 2);
  }

  /** Without one pair in turn the mean moves by a fifth of its distance: error 7.07 / root of 6. */
  @Test
  void theIntervalIsThatOfTheMeanOfPairs() {
    Map<String, StudentInterval> intervals = StateOutlook.intervals("m", STATES, SIX, SETTINGS);
    StudentInterval interval = Objects.requireNonNull(intervals.get("ACTIVE"));
    double value = value(SIX, "ACTIVE");
    // 2.5706 is the 97.5 % point of Student's distribution with 5 degrees of freedom.
    double half = 2.5706 * Math.sqrt(50.0 / 6) / 100 * value;

    assertEquals(value - half, interval.low(), 0.01);
    assertEquals(value + half, interval.high(), 0.01);
  }

  /**
   * Pairs of successive nights have all but a day in common, so a row of nights shows no more than
   * its periods: those of 60 nights are two, which give no interval, and 61 nights end a third one.
   */
  @Test
  void theIntervalCountsPeriodsAndNotNights() {
    assertEquals(Map.of(), StateOutlook.intervals("m", STATES, daily(60), SETTINGS));

    List<PairOfNights> daily = daily(61);
    List<Double> without = new ArrayList<>();
    for (List<PairOfNights> month :
        List.of(daily.subList(0, 20), daily.subList(20, 40), daily.subList(40, 61))) {
      without.add(value(daily.stream().filter(pair -> !month.contains(pair)).toList(), "ACTIVE"));
    }
    double mean = without.stream().mapToDouble(it -> it / 3).sum();
    double squares = without.stream().mapToDouble(it -> (it - mean) * (it - mean)).sum();
    // 4.3027 is the 97.5 % point of Student's distribution with 2 degrees of freedom.
    double half = 4.3027 * Math.sqrt(squares * 2 / 3);
    StudentInterval interval =
        Objects.requireNonNull(StateOutlook.intervals("m", STATES, daily, SETTINGS).get("ACTIVE"));

    assertEquals(value(daily, "ACTIVE") - half, interval.low(), 0.01);
    assertEquals(value(daily, "ACTIVE") + half, interval.high(), 0.01);
  }

  /** 49 nights in a row are one period and 19 days more: nothing shows how much periods vary. */
  @Test
  void pairsOfHardlyMoreThanOnePeriodForecastNothing() {
    assertEquals(Optional.empty(), PastForecast.of("m", tonight(), daily(49)));
    assertEquals(Optional.empty(), PastForecast.of("m", tonight(), daily(60)));
    assertTrue(PastForecast.of("m", tonight(), daily(61)).isPresent());
  }

  private static PairOfNights tonight() {
    return pair(START.plusDays(120), 30, active(1000));
  }

  /** Three periods of 30 days end one after the other within 61 nights in a row. */
  @Test
  void forecastsAreJudgedByPeriodsWithoutACommonDay() {
    assertEquals(
        List.of(20, 20, 21), PairGroups.ofPeriods(daily(61)).stream().map(List::size).toList());
    assertEquals(6, PairGroups.ofPeriods(SIX).size());
    assertEquals(List.of(), PairGroups.ofPeriods(List.of()));
  }

  private static List<PairOfNights> daily(int nights) {
    return IntStream.range(0, nights)
        .mapToObj(day -> pair(START.plusDays(day), 30, active(1000 + day % 30)))
        .toList();
  }

  /** 2.5706 x 7.0711 x root of 7/6 = 19.63 on either side of 100 per customer. */
  @Test
  void aForecastOfAPeriodAgoIsMissedBeyondItsInterval() {
    LocalDate night = START.plusDays(180);
    assertEquals("1000 in 803.67 to 1196.33, was 1190", test(pair(night, 30, active(1190)), SIX));
    assertEquals(
        "1000 in 803.67 to 1196.33, was 1200, missed", test(pair(night, 30, active(1200)), SIX));
    // In 15 days half of it.
    assertEquals("500 in 401.83 to 598.17, was 510", test(pair(night, 15, active(510)), SIX));
  }

  /** Three customers buy for 100.00 in each month: a third of it is not a whole number. */
  @Test
  void wherePastSalesNeverVaryTheSameAgainIsNotMissed() {
    StateMove steady = new StateMove("m", "ACTIVE", "ACTIVE", 3, amount(100));
    List<PairOfNights> six =
        IntStream.range(0, 6).mapToObj(i -> pair(START.plusDays(31L * i), 31, steady)).toList();

    assertEquals(
        "97 in 96.77 to 96.77, was 100, missed", test(pair(START.plusDays(200), 30, steady), six));
    assertEquals(
        "100 in 100.00 to 100.00, was 100", test(pair(START.plusDays(200), 31, steady), six));
  }

  @Test
  void theCheckWarnsOfTheTotalThatWasMissed() {
    LocalDate night = START.plusDays(180);

    assertEquals(
        "passed: Net sales since the night of 2025-06-30 are within the interval that 1 model"
            + " expected.",
        check(pair(night, 30, active(1190))));
    assertEquals(
        "warned: Net sales since the night of 2025-06-30 are 1,200.00 GBP, expected 803.67 GBP to"
            + " 1,196.33 GBP by the states of Margin pyramid; 1 of 1 model missed.",
        check(pair(night, 30, active(1200))));
  }

  private static String check(PairOfNights pair) {
    PastForecast forecast = PastForecast.of("m", pair, SIX).orElseThrow();
    CheckResult result =
        new ForecastCheck(
                new TreeMap<>(Map.of("margin_tier", forecast)),
                new Money(2, Optional.of(Currency.getInstance("GBP"))),
                model -> Translations.named("model", model))
            .results()
            .get(0);
    return result.status() + ": " + result.message().en();
  }

  /** The sixth pair ended on the night after. */
  @Test
  void aForecastKnowsOnlyPairsThatHadEnded() {
    PairOfNights tonight = pair(START.plusDays(179), 30, active(1000));

    assertEquals(Optional.empty(), PastForecast.of("m", tonight, SIX));
  }

  private static StateMove active(int bought) {
    return new StateMove("m", "ACTIVE", "ACTIVE", 10, amount(bought));
  }

  private static String test(PairOfNights pair, List<PairOfNights> earlier) {
    PastForecast.Outcome forecast =
        Objects.requireNonNull(
            PastForecast.of("m", pair, earlier).orElseThrow().states().get("ACTIVE"));
    return "%.0f in %.2f to %.2f, was %s%s"
        .formatted(
            forecast.expected(),
            forecast.interval().low(),
            forecast.interval().high(),
            forecast.actual().toPlainString(),
            forecast.isMissed() ? ", missed" : "");
  }
}
