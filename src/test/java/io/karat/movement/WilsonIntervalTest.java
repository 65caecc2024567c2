package io.karat.movement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {
  /**
   * The four examples of R. G. Newcombe, Two-sided confidence intervals for the single proportion,
   * Statistics in Medicine 17 (1998), table I, method 3.
   */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    " 0,  20, 0.0000, 0.1611",
    " 1,  29, 0.0061, 0.1718"
  })
  void intervalsAreThePublishedOnes(long successes, long trials, double low, double high) {
    WilsonInterval interval = WilsonInterval.of(successes, trials);

    assertEquals(low, interval.low(), 0.00005);
    assertEquals(high, interval.high(), 0.00005);
  }

  @Test
  void nothingAndEverythingEndAtTheEnds() {
    assertEquals(0, WilsonInterval.of(0, 3).low());
    assertEquals(1, WilsonInterval.of(3, 3).high());
    assertEquals(1 - WilsonInterval.of(0, 3).high(), WilsonInterval.of(3, 3).low(), 1e-15);
  }

  @Test
  void aPartOfNothingIsRefused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> WilsonInterval.of(0, 0));

    assertEquals("Invalid share 0 of 0: expected 0 to all of at least one", refusal.getMessage());
  }
}
