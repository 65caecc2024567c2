package io.karat.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Differences of two predictions of the same customers, on numbers to be counted by hand. */
class PairedDifferenceTest {
  private static final double[] BOUGHT = {0, 0, 1, 1};

  /** Of four pairs of a buyer and another customer, three are in order and one is equal. */
  @Test
  void theAreaUnderTheCurveIsTheShareOfPairsInOrder() {
    assertEquals(3.5 / 4, Discrimination.auc(new double[] {1, 2, 2, 3}, BOUGHT));
    assertEquals(1, Discrimination.auc(new double[] {1, 2, 3, 4}, BOUGHT));
    assertEquals(0.5, Discrimination.auc(new double[] {7, 7, 7, 7}, BOUGHT));
  }

  /**
   * The other prediction places both buyers above both others, the published one the first buyer
   * between them: placements 1/2 and 1 of buyers, 1 and 1/2 of others. Each half of the variance is
   * 1/8 over 2.
   */
  @Test
  void theIntervalOfTheAreaIsThatOfDeLong() {
    PairedDifference difference =
        PairedDifference.ofAuc(new double[] {1, 2, 3, 4}, new double[] {1, 3, 2, 4}, BOUGHT);

    assertEquals(0.25, difference.value(), 1e-12);
    assertEquals(0.25 - 1.959964 * Math.sqrt(0.125), difference.low(), 1e-6);
    assertEquals(0.25 + 1.959964 * Math.sqrt(0.125), difference.high(), 1e-6);
  }

  /** Errors of 1 and 3 against 2 and 2: differences of -1 and 1, with a variance of 2. */
  @Test
  void theIntervalOfTheErrorIsThatOfPairs() {
    PairedDifference difference =
        PairedDifference.ofError(new double[] {1, 3}, new double[] {2, 2}, new double[] {0, 0});

    assertEquals(0, difference.value(), 1e-12);
    assertEquals(1.959964, difference.high(), 1e-6);
  }

  /** Half as much again too high: two thirds of it are right, and of the published model 0.7. */
  @Test
  void theLevelIsUsedOnlyWhereItWouldHaveHelped() {
    assertEquals(0.7, AmountFactor.of(0.7, 0.66, 0.5).applied());
    assertEquals(0.66, AmountFactor.of(0.7, 0.66, 0.5).tested());
    assertEquals(1, AmountFactor.of(0.7, 0.66, 0.1).applied(), "10 % too high, then 27 % too low");
    assertEquals(1, AmountFactor.of(0.7, 0.66, 0.1).tested());
  }

  /** Last year the days sold 120 after 100, and 60 after those: a factor of one half. */
  @Test
  void theSeasonIsUsedOnlyWhereItWouldHaveHelped() {
    double[] lastYears = {100, 120, 60};

    AmountFactor low = SeasonFactor.of(lastYears, -0.2);
    assertEquals(1.2, low.judged());
    assertTrue(low.isUsed(), "a fifth too low, and a fifth more would be 4 % too low");
    assertEquals(0.5, low.applied());
    AmountFactor right = SeasonFactor.of(lastYears, 0.05);
    assertEquals(1, right.applied(), "amounts that are right are left alone");
    assertEquals(AmountFactor.NONE, SeasonFactor.of(new double[] {0, 120, 60}, -0.2));
  }
}
