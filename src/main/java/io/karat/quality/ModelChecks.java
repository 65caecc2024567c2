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

/** The checks of the models of lifetime value and of predictions. */
public record ModelChecks(Checks checks) {
  private static final String CHECK = "lifetime";
  private static final String TABLE = "customer_value";
  private static final int DECIMALS = 6;
  private static final int AGES_OF_CANDIDATES = 3;

  /**
   * The check of the age of the model in use: a warning from three times the age at which a
   * candidate is fitted, as a model may well stay when people have looked at a candidate.
   */
  public CheckResult age(long days, int refitAfterDays) {
    long mostDays = (long) AGES_OF_CANDIDATES * refitAfterDays;
    return CheckResult.atMost(
        new Limit(Severity.WARN, BigDecimal.valueOf(mostDays)),
        CHECK,
        TABLE,
        "model_age_days",
        Optional.of(BigDecimal.valueOf(days)),
        Translations.text("check.model_age_days", days, mostDays));
  }

  /** The same check of the model of predictions. */
  public CheckResult predictionAge(long days, int refitAfterDays) {
    long mostDays = (long) AGES_OF_CANDIDATES * refitAfterDays;
    return CheckResult.atMost(
        new Limit(Severity.WARN, BigDecimal.valueOf(mostDays)),
        "prediction",
        TABLE,
        "model_age_days",
        Optional.of(BigDecimal.valueOf(days)),
        Translations.text("check.prediction_age_days", days, mostDays));
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
        Translations.text(
            "check.spend_frequency_correlation", plain(value, limit.max()), plain(limit.max()));
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
