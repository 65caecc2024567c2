package io.karat.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class AsOfTest {
  @Test
  void readsDaysAsPeopleAndSchedulersWriteThem() {
    assertEquals(LocalDate.of(2026, 3, 1), AsOf.parse("--as-of", "2026-03-01"));
    assertEquals(LocalDate.of(2026, 3, 1), AsOf.parse("--as-of", "20260301"));
  }

  @Test
  void refusesADayThatDoesNotExist() {
    UsageException error =
        assertThrows(UsageException.class, () -> AsOf.parse("--as-of", "2026-02-31"));

    assertEquals(
        "--as-of '2026-02-31' is not a day: expected 2026-03-01 or 20260301.", error.getMessage());
    assertEquals(ExitCode.USAGE, error.exitCode());
  }
}
