package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.movement.ComparisonPeriod;
import io.karat.movement.MovementResult;
import io.karat.settings.BilingualText;
import io.karat.settings.MovementSettings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sentences on the nights that 2026-03-31 is compared with. */
class ComparisonRemarksTest {
  private static final LocalDate TONIGHT = LocalDate.of(2026, 3, 31);
  private static final MovementSettings SETTINGS = new MovementSettings(30, new BigDecimal("0.10"));

  @Test
  void weeklyNightsAreComparedOverFourWeeks() {
    assertEquals(
        List.of(
            "Movement since the previous night: compared with the night of 2026-03-24, 7 days"
                + " earlier.",
            "Movement over 30 days: compared with the night of 2026-03-03, 28 days earlier."),
        remarks("2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24"));
  }

  @Test
  void theFirstNightSaysWhichOnesCanBeComparedWithIt() {
    assertEquals(
        List.of(
            "Movement since the previous night: nothing is compared, as there is no night before"
                + " 2026-03-31.",
            "Movement over 30 days: nothing is compared, as there is no night from 2026-02-14 to"
                + " 2026-03-16. The night of 2026-03-31 can be compared with nights from 2026-04-15"
                + " to 2026-05-15."),
        remarks());
  }

  @Test
  void ofAShortHistoryTheEarliestNightComesNext() {
    assertEquals(
        "Movement over 30 days: nothing is compared, as there is no night from 2026-02-14 to"
            + " 2026-03-16. The night of 2026-03-29 can be compared with nights from 2026-04-13 to"
            + " 2026-05-13.",
        remarks("2026-03-29", "2026-03-30").get(1));
  }

  @Test
  void quarterlyNightsNeedALongerPeriodOrMoreNights() {
    assertEquals(
        "Movement over 30 days: nothing is compared, as there is no night from 2026-02-14 to"
            + " 2026-03-16. Set movement.period_days to 90 to compare with the night of"
            + " 2025-12-31, or run a night at least every 31 days.",
        remarks("2025-09-30", "2025-12-31").get(1));
  }

  @Test
  void irregularNightsHearBoth() {
    assertEquals(
        "Movement over 30 days: nothing is compared, as there is no night from 2026-02-14 to"
            + " 2026-03-16. The night of 2026-03-30 can be compared with nights from 2026-04-14 to"
            + " 2026-05-14. Set movement.period_days to 90 to compare with the night of 2025-12-31,"
            + " or run a night at least every 31 days.",
        remarks("2025-12-31", "2026-03-30").get(1));
  }

  @Test
  void noPeriodIsLongerThanAYear() {
    assertEquals(
        "Movement over 30 days: nothing is compared, as there is no night from 2026-02-14 to"
            + " 2026-03-16. Run a night at least every 31 days.",
        remarks("2024-12-31").get(1));
  }

  @Test
  void aNightThatHasNothingInCommonIsNamed() {
    MovementResult nothing = MovementResult.none();

    assertEquals(
        List.of(
            "Movement since the previous night: nothing is compared, as the night of 2026-03-01 has"
                + " no customers, net sales or models in common with this one.",
            "Movement over 30 days: nothing is compared, as the night of 2026-03-01 has no"
                + " customers, net sales or models in common with this one.",
            "Markov chain: no pair of nights about 30 days apart yet, so state_values is empty."),
        text(new ComparisonRemarks(TONIGHT, nights("2026-03-01"), SETTINGS, nothing)));
  }

  /** The remarks of a night that is compared with all that can be. */
  private static List<String> remarks(String... nights) {
    SortedMap<Integer, LocalDate> since = new TreeMap<>();
    for (ComparisonPeriod period : ComparisonPeriod.of(SETTINGS)) {
      period.night(TONIGHT, nights(nights)).ifPresent(night -> since.put(period.days(), night));
    }
    MovementResult moved = new MovementResult(List.of(), List.of(), since, 1, List.of(), List.of());
    return text(new ComparisonRemarks(TONIGHT, nights(nights), SETTINGS, moved)).subList(0, 2);
  }

  private static NavigableSet<LocalDate> nights(String... days) {
    NavigableSet<LocalDate> nights = new TreeSet<>();
    Stream.of(days).map(LocalDate::parse).forEach(nights::add);
    return nights;
  }

  private static List<String> text(ComparisonRemarks remarks) {
    return remarks.all().stream().map(BilingualText::en).toList();
  }
}
