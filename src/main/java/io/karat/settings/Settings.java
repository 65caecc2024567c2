package io.karat.settings;

import java.time.ZoneId;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;

/**
 * All that a business has said about its night, with defaults where it has said nothing.
 *
 * @param timeZone the zone in which a business day is a day
 * @param currency of every amount, for labels; nothing is converted
 * @param moneyScale decimals kept in money, 0 to 6
 * @param roundAmounts what holds for an input that does not say it itself; each input knows
 * @param movement none where it is not followed
 */
public record Settings(
    String name,
    ZoneId timeZone,
    Optional<Currency> currency,
    int moneyScale,
    Language language,
    boolean roundAmounts,
    Inputs inputs,
    Indicators indicators,
    Models models,
    Optional<LifetimeSettings> lifetimeValue,
    Optional<MovementSettings> movement,
    Checks checks,
    Output output) {
  static final int MOST_DECIMALS = 6;

  private static final Set<String> WITHOUT_EFFECT_ON_TABLES =
      Set.of("name", "language", "roundAmounts", "output");

  public Settings {
    if (moneyScale < 0 || moneyScale > MOST_DECIMALS) {
      throw new IllegalArgumentException(
          "Invalid money scale %d: expected 0 to %d".formatted(moneyScale, MOST_DECIMALS));
    }
  }

  /**
   * Every setting that can change a table, as text: the same whatever the order of keys that is not
   * an order of columns, and whether a default is written out or not. It leaves out name, language,
   * output and places.
   */
  public String canonical() {
    return CanonicalSettings.text(this, WITHOUT_EFFECT_ON_TABLES);
  }
}
