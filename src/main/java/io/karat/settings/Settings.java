package io.karat.settings;

import java.time.ZoneId;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of a business's nights, with defaults for what the configuration leaves out.
 *
 * @param timeZone the time zone of business days
 * @param currency the currency of every amount, for labels; nothing is converted
 * @param moneyScale the decimals of money, 0 to 6
 * @param roundAmounts the default for inputs; each input holds its own value
 * @param keepIds likewise
 * @param prediction empty unless it is configured
 * @param matching empty unless it is configured; it changes no table of a night
 * @param allocation the resources that are allocated, by name
 * @param hierarchy empty unless it is configured
 * @param movement empty if movement is switched off
 * @param notification empty unless it is configured
 */
public record Settings(
    String name,
    ZoneId timeZone,
    Optional<Currency> currency,
    int moneyScale,
    Language language,
    boolean roundAmounts,
    InputSettings.KeptIds keepIds,
    Inputs inputs,
    Indicators indicators,
    Models models,
    Optional<LifetimeSettings> lifetimeValue,
    Optional<PredictionSettings> prediction,
    Optional<MatchingSettings> matching,
    Map<String, AllocationSettings> allocation,
    Optional<HierarchySettings> hierarchy,
    Optional<MovementSettings> movement,
    CalendarSettings calendar,
    Checks checks,
    Output output,
    Optional<NotificationSettings> notification) {
  static final int MOST_DECIMALS = 6;

  private static final Set<String> WITHOUT_EFFECT_ON_TABLES =
      Set.of("name", "language", "roundAmounts", "keepIds", "matching", "output", "notification");

  /** What has no effect on a search for duplicates. */
  private static final Set<String> WITHOUT_EFFECT_ON_MATCHING =
      Set.of(
          "name",
          "language",
          "roundAmounts",
          "keepIds",
          "output",
          "notification",
          "indicators",
          "models",
          "lifetimeValue",
          "prediction",
          "allocation",
          "hierarchy",
          "movement",
          "calendar",
          "checks");

  public Settings {
    allocation = Collections.unmodifiableMap(new LinkedHashMap<>(allocation));
    if (moneyScale < 0 || moneyScale > MOST_DECIMALS) {
      throw new IllegalArgumentException(
          "Invalid money scale %d: expected 0 to %d".formatted(moneyScale, MOST_DECIMALS));
    }
  }

  /** These settings with lifetime value switched off. */
  public Settings withoutLifetimeValue() {
    return new Settings(
        name,
        timeZone,
        currency,
        moneyScale,
        language,
        roundAmounts,
        keepIds,
        inputs,
        indicators,
        models,
        Optional.empty(),
        prediction,
        matching,
        allocation,
        hierarchy,
        movement,
        calendar,
        checks,
        output,
        notification);
  }

  /**
   * Every setting that can change a table, as canonical text: independent of the order of keys,
   * except where it is an order of columns, and of whether a default is written out. It leaves out
   * name, language, output and locations.
   */
  public String canonical() {
    return CanonicalSettings.text(this, WITHOUT_EFFECT_ON_TABLES);
  }

  /** Every setting that can change what a search for duplicates finds, as canonical text. */
  public String canonicalMatching() {
    return CanonicalSettings.text(this, WITHOUT_EFFECT_ON_MATCHING);
  }
}
