package io.karat.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Regressions beside published fits, and those that have no fit. */
class RegressionTest {
  private static final Regression CHANCE =
      new Regression(RegressionFamily.LOGISTIC, new Penalty(0));
  private static final Regression AMOUNT = new Regression(RegressionFamily.LINEAR, new Penalty(0));

  /** R 4.2.2: glm(case ~ spontaneous + induced, data = infert, family = binomial()). */
  @Test
  void aLogisticRegressionIsThatOfR() {
    RegressionFit fit = CHANCE.fit(Infertility.sample()).orElseThrow();

    assertEquals(-1.707860071359773, fit.intercept(), 1e-9);
    assertEquals(1.197205035293074, fit.coefficients().get(0), 1e-9);
    assertEquals(0.418129395047782, fit.coefficients().get(1), 1e-9);
    assertEquals(0.267709483688229, fit.standardErrors().get(0), 1e-9);
    assertEquals(0.211643284627210, fit.standardErrors().get(1), 1e-9);
    assertEquals(0.205627456497130, fit.standardErrors().get(2), 1e-9);
  }

  /** The line through (0, 1), (1, 2), (2, 6) by least squares: slope 5/2, mean 3 at 1. */
  @Test
  void aLinearRegressionIsTheLineOfLeastSquares() {
    RegressionFit fit = AMOUNT.fit(sample(new double[] {1, 2, 6}, 0, 1, 2)).orElseThrow();

    assertEquals(0.5, fit.intercept(), 1e-9);
    assertEquals(2.5, fit.coefficients().get(0), 1e-9);
    // The residuals are 1/2, -1 and 1/2: 3/2 over one degree of freedom; over 2, the squares of x.
    assertEquals(Math.sqrt(1.5 / 2), fit.standardErrors().get(1), 1e-9);
  }

  @Test
  void theStartDoesNotMatter() {
    RegressionFit start = RegressionFit.of(3, new double[] {-2, 5});
    Regression penalised = new Regression(RegressionFamily.LOGISTIC, new Penalty(0.02));

    RegressionFit one = penalised.fit(Infertility.sample()).orElseThrow();
    RegressionFit other = penalised.fit(Infertility.sample(), start).orElseThrow();
    assertEquals(one.intercept(), other.intercept(), 1e-12);
    assertEquals(one.coefficients().get(0), other.coefficients().get(0), 1e-12);
  }

  /** 83 of 248 are cases, so that the odds are 83 to 165. */
  @Test
  void aStrongPenaltyLeavesTheOddsOfAll() {
    RegressionFit fit =
        new Regression(RegressionFamily.LOGISTIC, new Penalty(10))
            .fit(Infertility.sample())
            .orElseThrow();

    assertEquals(List.of(0.0, 0.0), fit.coefficients());
    assertEquals(Math.log(83.0 / 165), fit.intercept(), 1e-9);
    assertTrue(fit.standardErrors().get(1).isNaN());
  }

  @Test
  void customersWhoAreToldApartWithoutFailHaveNoFit() {
    assertTrue(CHANCE.fit(sample(new double[] {0, 0, 1, 1}, 1, 2, 3, 4)).isEmpty());
  }

  @Test
  void twoEqualPredictorsHaveNoStandardErrors() {
    double[][] rows = {{0, 0}, {1, 1}, {2, 2}, {3, 3}};
    RegressionFit fit =
        CHANCE.fit(new RegressionSample(rows, new double[] {0, 1, 0, 1})).orElseThrow();

    assertEquals(List.of(), fit.standardErrors());
  }

  private static RegressionSample sample(double[] responses, double... predictors) {
    double[][] rows = new double[predictors.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {predictors[i]};
    }
    return new RegressionSample(rows, responses);
  }
}
