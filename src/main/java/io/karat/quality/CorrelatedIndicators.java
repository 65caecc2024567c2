package io.karat.quality;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Translations;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The two indicators of a pyramid that say most nearly the same: if they correlate too highly, one
 * thing counts twice.
 *
 * @param first the indicator in words, with its window, and the {@code second}
 * @param correlation of their ranks, each turned so that better customers have more
 * @param isJudged whether the business chose the weights itself; those by default count net sales
 *     beside profit on purpose
 */
public record CorrelatedIndicators(
    String pyramid,
    BilingualText first,
    BilingualText second,
    BigDecimal correlation,
    boolean isJudged) {
  /** The check that the correlation is below its limit. */
  public CheckResult check(Limit limit) {
    boolean isMet = !isJudged || correlation.compareTo(limit.max()) < 0;
    return new CheckResult(
        "indicator_correlation",
        "indicator_correlations",
        pyramid,
        Optional.of(correlation),
        Optional.of(limit.max()).filter(it -> isJudged),
        isMet,
        limit.severity(),
        Translations.text(
            isMet ? "check.indicator_correlation.met" : "check.indicator_correlation",
            pyramid,
            first,
            second,
            PlainNumbers.plain(correlation, limit.max()),
            PlainNumbers.plain(limit.max())));
  }
}
