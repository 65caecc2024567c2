package io.karat.quality;

import static io.karat.quality.PlainNumbers.percent;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Translations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Check of the relative change in a number of rows since the previous night.
 *
 * @param nightBefore the previous night; empty if there is none
 */
public record RowCountChange(Limit limit, Optional<LocalDate> nightBefore) {
  private static final int DECIMALS = 6;

  /**
   * The check of one number; met if the previous night is not there or had no rows.
   *
   * @param metric the name of the number
   * @param table the table whose rows are counted
   */
  public CheckResult check(String metric, String table, long now, Optional<Long> previous) {
    Optional<Long> before = previous.filter(count -> count > 0 && nightBefore.isPresent());
    Optional<BigDecimal> change = before.map(count -> change(now, count));
    BilingualText message =
        change
            .map(
                share ->
                    Translations.text(
                        "check.row_count_change",
                        Translations.named("metric", metric),
                        table,
                        percent(share, limit.max()),
                        before.orElseThrow(),
                        now,
                        percent(limit.max()),
                        nightBefore.orElseThrow()))
            .orElseGet(() -> notCompared(metric, table));
    return CheckResult.atMost(limit, "row_count_change", table, metric, change, message);
  }

  private BilingualText notCompared(String metric, String table) {
    BilingualText rows = Translations.named("metric", metric);
    return nightBefore
        .map(night -> Translations.text("check.row_count_change.no_rows", rows, table, night))
        .orElseGet(() -> Translations.text("check.row_count_change.none", rows, table));
  }

  private static BigDecimal change(long now, long before) {
    return BigDecimal.valueOf(now - before)
        .divide(BigDecimal.valueOf(before), DECIMALS, RoundingMode.HALF_UP)
        .abs();
  }
}
