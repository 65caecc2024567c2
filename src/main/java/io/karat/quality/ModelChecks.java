package io.karat.quality;

import static io.karat.quality.PlainNumbers.plain;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Checks.Severity;
import io.karat.settings.Translations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** The checks of the lifetime value model. */
public record ModelChecks(Checks checks) {
  private static final String CHECK = "lifetime";
  private static final String TABLE = "customer_value";
  private static final int DECIMALS = 6;

  /** The check of the age of the model in use; an old one is a warning. */
  public CheckResult age(long days, int refitAfterDays) {
    return CheckResult.atMost(
        new Limit(Severity.WARN, BigDecimal.valueOf(refitAfterDays)),
        CHECK,
        TABLE,
        "model_age_days",
        Optional.of(BigDecimal.valueOf(days)),
        Translations.text("check.model_age_days", days, refitAfterDays));
  }

  /**
   * The check of the correlation of purchase frequency and spend, which the model assumes to be
   * independent; its sign does not matter.
   */
  public CheckResult spendFrequencyCorrelation(double correlation) {
    Limit limit = checks.spendFrequencyCorrelation();
    BigDecimal exact = BigDecimal.valueOf(correlation);
    BigDecimal value = exact.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    BilingualText message =
        Translations.text("check.spend_frequency_correlation", plain(value), plain(limit.max()));
    return new CheckResult(
        CHECK,
        TABLE,
        "spend_frequency_correlation",
        Optional.of(value),
        Optional.of(limit.max()),
        exact.abs().compareTo(limit.max()) <= 0,
        limit.severity(),
        message);
  }
}
