package io.karat.allocation;

import io.karat.settings.AllocationSettings.Answers;
import java.math.BigDecimal;

/**
 * Response of value to effort, both as multiples of the present ones: an ADBUDG curve (Little
 * 1970), {@code none + (most - none) x^exponent / (pivot + x^exponent)}. It is convex at first
 * where the exponent is above 1.
 *
 * @param none the value without effort
 * @param most the value that no effort reaches
 */
public record ResponseCurve(double none, double most, double pivot, double exponent) {
  private static final double LOG_HALF = StrictMath.log(0.5);
  private static final double LOG_MORE = StrictMath.log(1.5);

  /**
   * The curve of five answers: exactly through those for no effort, the present one and the most
   * imaginable, and with the least squares of logarithms between the other two.
   */
  public static ResponseCurve of(Answers answers) {
    double none = answers.none().doubleValue();
    double most = answers.most().doubleValue();
    double pivot = (most - 1) / (1 - none);
    double half = logEffort(answers.half(), none, most, pivot);
    double more = logEffort(answers.more(), none, most, pivot);
    double exponent =
        (LOG_HALF * half + LOG_MORE * more) / (LOG_HALF * LOG_HALF + LOG_MORE * LOG_MORE);
    return new ResponseCurve(none, most, pivot, exponent);
  }

  /** The logarithm that the power of an effort must have to give an answer. */
  private static double logEffort(BigDecimal answer, double none, double most, double pivot) {
    double reached = (answer.doubleValue() - none) / (most - none);
    return StrictMath.log(pivot * reached / (1 - reached));
  }

  /** The value of an effort. */
  public double at(double effort) {
    double power = StrictMath.pow(effort, exponent);
    return none + (most - none) * power / (pivot + power);
  }
}
