package io.karat.quality;

import static io.karat.quality.PlainNumbers.plain;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks;
import io.karat.settings.Translations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The checks of an input's rows by day, which know closed days and usual gaps.
 *
 * @param table the input
 */
public record DayChecks(String table, Checks checks, DailyRows days) {
  private static final int DECIMALS = 2;

  /**
   * The check that the as-of day has rows, or that as many open days without rows are usual as
   * there are since the newest ones.
   */
  public CheckResult freshness() {
    long missed = days.openDaysWithoutRows();
    long usual = days.usualDaysWithoutRows();
    return new CheckResult(
        "freshness",
        table,
        "open_days_without_rows",
        Optional.of(BigDecimal.valueOf(missed)),
        Optional.of(BigDecimal.valueOf(usual)),
        missed <= usual,
        checks.freshness(),
        freshness(missed, usual));
  }

  private BilingualText freshness(long missed, long usual) {
    if (days.ofAsOfDay() > 0) {
      return Translations.text("check.freshness", table, days.asOf(), days.ofAsOfDay());
    }
    if (days.newest().isEmpty()) {
      return Translations.text("check.freshness.nothing", table, days.asOf());
    }

    return Translations.text(
        key(missed, usual), table, days.asOf(), missed, usual, days.newest().orElseThrow());
  }

  private String key(long missed, long usual) {
    boolean isOpen = days.isOpen(days.asOf());
    if (missed <= usual) {
      return isOpen ? "check.freshness.usual" : "check.freshness.closed";
    }

    return missed == 1 && isOpen ? "check.freshness.none" : "check.freshness.missing";
  }

  /** The check that the number of the as-of day's rows is not far from that of comparable days. */
  public CheckResult anomaly() {
    Optional<BigDecimal> deviation =
        days.deviation().stream()
            .mapToObj(it -> BigDecimal.valueOf(it).setScale(DECIMALS, RoundingMode.HALF_UP))
            .findFirst();
    BilingualText message =
        deviation
            .map(
                it ->
                    Translations.text(
                        "check.anomaly",
                        table,
                        days.ofAsOfDay(),
                        days.asOf(),
                        plain(it),
                        plain(checks.anomaly().max())))
            .orElseGet(
                () ->
                    Translations.text(
                        days.isOpen(days.asOf()) ? "check.anomaly.few" : "check.anomaly.closed",
                        table,
                        days.asOf()));
    return CheckResult.atMost(
        checks.anomaly(), "anomaly", table, "rows_of_as_of_day", deviation, message);
  }
}
