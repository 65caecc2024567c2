package io.karat.quality;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.Translations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Means of the heaviest indicator of a pyramid by tier, which should get worse from tier to tier:
 * otherwise the order of tiers says nothing of worth.
 *
 * @param pyramid the name of the pyramid
 * @param indicator the heaviest indicator in words, with its window
 * @param text a mean in words
 * @param means by tier, the best tier first, without tiers in which it is unknown
 */
public record TierOrder(
    String pyramid,
    BilingualText indicator,
    Better better,
    Map<BilingualText, BigDecimal> means,
    Function<BigDecimal, String> text) {
  public TierOrder {
    means = Collections.unmodifiableMap(new LinkedHashMap<>(means));
  }

  /** The check that no tier is better than the one before it. */
  public CheckResult check(Severity severity) {
    List<BilingualText> tiers = List.copyOf(means.keySet());
    List<BigDecimal> values = List.copyOf(means.values());
    List<BilingualText> wrong = new ArrayList<>();
    for (int i = 1; i < tiers.size(); i++) {
      if (isBetter(values.get(i), values.get(i - 1))) {
        wrong.add(
            Translations.text(
                "check.tier_order",
                pyramid,
                indicator,
                tiers.get(i),
                text.apply(values.get(i)),
                tiers.get(i - 1),
                text.apply(values.get(i - 1))));
      }
    }
    return new CheckResult(
        "tier_order",
        "customer_value",
        pyramid + "_tier",
        Optional.of(BigDecimal.valueOf(wrong.size())),
        Optional.of(BigDecimal.ZERO),
        wrong.isEmpty(),
        severity,
        wrong.isEmpty()
            ? Translations.text("check.tier_order.kept", pyramid, indicator)
            : wrong.get(0));
  }

  private boolean isBetter(BigDecimal mean, BigDecimal before) {
    int order = mean.compareTo(before);
    return better == Better.HIGHER ? order > 0 : order < 0;
  }
}
