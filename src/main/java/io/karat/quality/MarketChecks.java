package io.karat.quality;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import io.karat.settings.Translations;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Checks of the sizes of markets.
 *
 * @param known the characteristics by which customers are counted
 */
public record MarketChecks(List<String> known) {
  private static final String MARKETS = "markets";

  public MarketChecks {
    known = List.copyOf(known);
  }

  /**
   * Some of a number of things.
   *
   * @param some the names of the first
   */
  public record Named(long count, List<String> some) {
    public Named {
      some = List.copyOf(some);
    }

    private BilingualText names() {
      boolean isAll = some.size() == count;
      return new BilingualText(
          String.join(", ", some) + (isAll ? "" : ", …"),
          String.join("、", some) + (isAll ? "" : "…"));
    }
  }

  /** The check that customers have every characteristic of the markets. */
  public CheckResult unknownCharacteristics(Named unknown) {
    return result(
        "unknown_characteristics",
        unknown.count(),
        unknown.count() == 0,
        Translations.text(
            "check.markets.unknown_characteristics",
            unknown.count(),
            unknown.count() == 0
                ? ""
                : Translations.text(
                    "check.markets.advice",
                    unknown.names(),
                    new Named(known.size(), known).names())));
  }

  /** The markets without a customer, as a result that is always met: there may be such. */
  public CheckResult uncovered(Named uncovered) {
    return result(
        "markets_without_customers",
        uncovered.count(),
        true,
        Translations.text(
            "check.markets.markets_without_customers",
            uncovered.count(),
            uncovered.count() == 0
                ? ""
                : Translations.text("check.markets.names", uncovered.names())));
  }

  /** The check that no market is smaller than what customers of it bought, or than their number. */
  public CheckResult tooSmall(Named small) {
    return result(
        "markets_too_small",
        small.count(),
        small.count() == 0,
        Translations.text(
            "check.markets.markets_too_small",
            small.count(),
            small.count() == 0 ? "" : Translations.text("check.markets.sizes", small.names())));
  }

  private static CheckResult result(
      String metric, long value, boolean isMet, BilingualText message) {
    return new CheckResult(
        MARKETS,
        MARKETS,
        metric,
        Optional.of(BigDecimal.valueOf(value)),
        Optional.empty(),
        isMet,
        Severity.WARN,
        message);
  }
}
