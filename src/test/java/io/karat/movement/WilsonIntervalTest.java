package io.karat.movement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
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

  /** The interval of Commons Math, which takes numbers below 2^29 only, as an oracle. */
  @Test
  void publishedFiguresAreThoseOfCommonsMath() {
    for (int trials : new int[] {1, 2, 3, 10, 99, 200, 1_000, 500_000_000}) {
      for (int i = 0; i <= Math.min(trials, 200); i++) {
        int successes = (int) ((long) trials * i / Math.min(trials, 200));
        ConfidenceInterval expected =
            new WilsonScoreInterval().createInterval(trials, successes, 0.95);
        WilsonInterval interval = WilsonInterval.of(successes, trials);

        String share = successes + " of " + trials;
        assertEquals(share(expected.getLowerBound()), share(interval.low()), share);
        assertEquals(share(expected.getUpperBound()), share(interval.high()), share);
      }
    }
  }

  private static BigDecimal share(double share) {
    return MovementTables.share(share);
  }

  @Test
  void aPartOfNothingIsRefused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> WilsonInterval.of(0, 0));

    assertEquals("Invalid share 0 of 0: expected 0 to all of at least one", refusal.getMessage());
  }
}
