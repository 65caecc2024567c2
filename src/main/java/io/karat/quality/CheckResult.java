package io.karat.quality;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What one check found.
 *
 * @param check the check, as in the configuration
 * @param table what it looked at
 * @param metric what it measured
 * @param value what it found; none where there was nothing to compare
 * @param limit what it allows
 * @param isMet whether the value is within the limit
 * @param severity what it means if it is not
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

  /** {@code passed}, {@code warned}, {@code refused} or {@code off}, as published. */
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
