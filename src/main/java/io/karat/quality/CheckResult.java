package io.karat.quality;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Checks.Severity;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The result of one check.
 *
 * @param check the check, as in the configuration
 * @param table the table that was checked
 * @param metric the measured quantity
 * @param value the measured value; empty if there was nothing to compare
 * @param limit the allowed value; empty if there is none
 * @param isMet whether the value is within the limit
 * @param severity the consequence if it is not
 * @param message in words
 */
public record CheckResult(
    String check,
    String table,
    String metric,
    Optional<BigDecimal> value,
    Optional<BigDecimal> limit,
    boolean isMet,
    Severity severity,
    BilingualText message) {

  /** A check that a value is at most its limit; met if there is no value. */
  static CheckResult atMost(
      Limit limit,
      String check,
      String table,
      String metric,
      Optional<BigDecimal> value,
      BilingualText message) {
    return new CheckResult(
        check,
        table,
        metric,
        value,
        Optional.of(limit.max()),
        value.filter(found -> found.compareTo(limit.max()) > 0).isEmpty(),
        limit.severity(),
        message);
  }

  /** The published status: {@code passed}, {@code warned}, {@code refused} or {@code off}. */
  public String status() {
    if (severity == Severity.OFF) {
      return "off";
    }
    if (isMet) {
      return "passed";
    }
    return severity == Severity.ERROR ? "refused" : "warned";
  }

  public boolean isWarning() {
    return status().equals("warned");
  }

  public boolean isRefusal() {
    return status().equals("refused");
  }
}
