package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.UsageException;
import java.time.LocalDate;
import java.time.Period;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackfillCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-01-30 | 2026-02-01 | 1d | 2026-01-30 2026-01-31 2026-02-01
          2026-01-30 | 2026-02-12 | 1w | 2026-01-30 2026-02-06
          2026-01-31 | 2026-04-01 | 1M | 2026-01-31 2026-02-28 2026-03-31
          2026-01-30 | 2026-01-30 | 2w | 2026-01-30
          """)
  void goesInStepsFromTheFirstNight(String from, String to, String every, String nights) {
    assertEquals(
        nights,
        BackfillCommand.days(
                LocalDate.parse(from), LocalDate.parse(to), BackfillCommand.step(every))
            .stream()
            .map(LocalDate::toString)
            .collect(Collectors.joining(" ")));
  }

  @Test
  void endsWithWhatItPublished() {
    LocalDate first = LocalDate.parse("2026-01-30");
    assertEquals(
        "1 night is published, 2026-01-30.",
        BackfillCommand.ending(BackfillCommand.days(first, first, Period.ofDays(1))));
    assertEquals(
        "1,000 nights are published, 2026-01-30 to 2028-10-25.",
        BackfillCommand.ending(BackfillCommand.days(first, first.plusDays(999), Period.ofDays(1))));
  }

  @Test
  void refusesStepsAndDaysThatMakeNoSense() {
    assertEquals(
        "--every '1y' is not a step: expected days, weeks or months such as 1d, 1w or 1M.",
        assertThrows(UsageException.class, () -> BackfillCommand.step("1y")).getMessage());
    assertEquals(
        "--to 2026-01-01 is before --from 2026-01-02: expected the same day or a later one.",
        assertThrows(
                UsageException.class,
                () ->
                    BackfillCommand.days(
                        LocalDate.of(2026, 1, 2),
                        LocalDate.of(2026, 1, 1),
                        BackfillCommand.step("1d")))
            .getMessage());
  }
}
