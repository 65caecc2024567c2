package io.karat.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.AllocationSettings.Answers;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the curve through the answers to Lodish's questions. */
class ResponseCurveTest {
  /**
   * Pivot (1.3 - 1) / (1 - 0.6) = 0.75. The answer 0.85 asks for an exponent of 1.263, 1.15 for
   * 2.495; the least squares are at 1.577.
   */
  @Test
  void theCurveGoesThroughThreeAnswersAndBetweenTheOtherTwo() {
    ResponseCurve curve = curve("0.6", "0.85", "1.15", "1.3");

    assertEquals(0.75, curve.pivot(), 1e-12);
    assertEquals(1.577, curve.exponent(), 0.001);
    assertEquals(0.6, curve.at(0), 1e-12);
    assertEquals(1, curve.at(1), 1e-12);
    assertEquals(1.3, curve.at(1e9), 1e-6);
    assertEquals(0.816, curve.at(0.5), 0.001);
    assertEquals(1.102, curve.at(1.5), 0.001);
  }

  /** Answers that one curve gives are found again: x^2 / (1 + x^2) twice, 0.4, 1 and 1.385. */
  @Test
  void answersOfACurveGiveThatCurve() {
    ResponseCurve curve = curve("0", "0.4", "1.384615", "2");

    assertEquals(2, curve.exponent(), 1e-5);
    assertEquals(2 * 9 / 10.0, curve.at(3), 1e-5);
  }

  /**
   * The published estimates of sales by sales effort of a maker of drugs (Crawford Labs, an
   * exercise in nonlinear fits): from those at 0, 50 and 150 % and a ceiling of 140 % the curve
   * foretells all nine within 3 points of 100.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0.50",
    "0.25, 0.53",
    "0.5, 0.55",
    "0.75, 0.75",
    "1, 1",
    "1.25, 1.20",
    "1.5, 1.27",
    "1.75, 1.32",
    "2, 1.35"
  })
  void fiveAnswersForetellAPublishedCurve(double effort, double sales) {
    assertEquals(sales, curve("0.50", "0.55", "1.27", "1.40").at(effort), 0.03);
  }

  private static ResponseCurve curve(String none, String half, String more, String most) {
    return ResponseCurve.of(
        new Answers(
            new BigDecimal(none),
            new BigDecimal(half),
            new BigDecimal(more),
            new BigDecimal(most)));
  }
}
