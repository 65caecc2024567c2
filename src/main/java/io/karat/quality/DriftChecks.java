package io.karat.quality;

import static io.karat.quality.PlainNumbers.percent;
import static io.karat.quality.PlainNumbers.plain;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Translations;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The checks of the drift of customers since their segments were fitted.
 *
 * @param asOf the night
 * @param fittedAsOf the night of the fit
 * @param fitted the number of customers of the fit
 * @param customers the number of customers of the night
 */
public record DriftChecks(
    Checks checks, LocalDate asOf, String fittedAsOf, long fitted, long customers) {
  /**
   * The fewest customers, at the fit and on the night, whose shares are judged: a limit of 5 % is
   * ten of them.
   */
  static final long FEWEST_CUSTOMERS = 200;

  private static final String TABLE = "customer_value";
  private static final String PSI = "psi";

  /**
   * The check of the population stability index of one feature. It is not judged on the night of
   * the fit, nor if the feature grows merely because days pass. Its limit is at least what chance
   * alone exceeds once in 1,000 times.
   *
   * @param label the feature in words
   * @param index empty if no customer had a value at the fit or has one now
   */
  public CheckResult psi(
      String feature,
      BilingualText label,
      boolean isGrowing,
      Optional<PopulationStabilityIndex> index) {
    Limit limit = checks.psi().limit();
    if (index.isEmpty()) {
      BilingualText message = Translations.text("check.psi.none", label);
      return CheckResult.atMost(limit, PSI, TABLE, feature, Optional.empty(), message);
    }
    return isGrowing || isFitNight()
        ? unjudged(feature, label, index.get())
        : judged(feature, label, index.get());
  }

  private CheckResult unjudged(
      String feature, BilingualText label, PopulationStabilityIndex index) {
    String key = isFitNight() ? "check.psi.fit_night" : "check.psi.grows";
    return new CheckResult(
        PSI,
        TABLE,
        feature,
        Optional.of(index.value()),
        Optional.empty(),
        true,
        checks.psi().severity(),
        Translations.text(key, label, plain(index.value(), checks.psi().max()), fittedAsOf));
  }

  private CheckResult judged(String feature, BilingualText label, PopulationStabilityIndex index) {
    BigDecimal usual = checks.psi().max();
    Limit limit = new Limit(checks.psi().severity(), usual.max(index.limitOfChance()));
    boolean isRaised = limit.max().compareTo(usual) > 0;
    return CheckResult.atMost(
        limit,
        PSI,
        TABLE,
        feature,
        Optional.of(index.value()),
        Translations.text(
            isRaised ? "check.psi.raised" : "check.psi",
            label,
            plain(index.value(), limit.max()),
            fittedAsOf,
            plain(limit.max()),
            advice(index.value(), limit),
            plain(usual),
            index.then(),
            index.now()));
  }

  private Object advice(BigDecimal index, Limit limit) {
    if (index.compareTo(limit.max()) <= 0) {
      return "";
    }
    return index.compareTo(checks.psi().high()) > 0
        ? Translations.text("check.psi.high", plain(checks.psi().high()))
        : Translations.text("check.psi.above");
  }

  /**
   * The check of the share of customers further from their centre than 99 % were at the fit.
   *
   * @param share empty if no customer has a centre
   */
  public CheckResult segmentDistance(Optional<BigDecimal> share) {
    Limit limit = checks.segmentDistance();
    return check(
        limit,
        "segment_distance",
        "far_share",
        share,
        share
            .map(
                far ->
                    Translations.text(
                        "check.segment_distance",
                        percent(far, limit.max()),
                        fittedAsOf,
                        percent(limit.max())))
            .orElseGet(() -> Translations.text("check.segment_distance.none")));
  }

  /**
   * The check of the share of customers who changed segment since the previous night.
   *
   * @param share empty if no customer was there on that night
   * @param nightBefore the previous night; empty if there is none
   */
  public CheckResult segmentMovement(Optional<BigDecimal> share, Optional<LocalDate> nightBefore) {
    Limit limit = checks.segmentMovement();
    return check(
        limit,
        "segment_movement",
        "changed_share",
        share,
        share
            .flatMap(
                changed ->
                    nightBefore.map(
                        night ->
                            Translations.text(
                                "check.segment_movement",
                                percent(changed, limit.max()),
                                percent(limit.max()),
                                night)))
            .orElseGet(() -> Translations.text("check.segment_movement.none")));
  }

  private CheckResult check(
      Limit limit, String check, String metric, Optional<BigDecimal> value, BilingualText message) {
    return isJudged()
        ? CheckResult.atMost(limit, check, TABLE, metric, value, message)
        : new CheckResult(
            check,
            TABLE,
            metric,
            value,
            Optional.of(limit.max()),
            true,
            limit.severity(),
            Translations.text("check.few_customers", message, FEWEST_CUSTOMERS));
  }

  private boolean isFitNight() {
    return fittedAsOf.equals(asOf.toString());
  }

  private boolean isJudged() {
    return Math.min(fitted, customers) >= FEWEST_CUSTOMERS;
  }
}
