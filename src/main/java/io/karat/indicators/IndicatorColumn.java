package io.karat.indicators;

import io.karat.run.LowerCase;
import io.karat.settings.BilingualText;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.IndicatorSettings.Growth;
import io.karat.settings.Translations;
import io.karat.settings.Window;
import io.karat.tables.TableDefinitions;
import java.util.Map;
import java.util.Optional;

/**
 * A column of {@code customer_indicators}.
 *
 * @param name the indicator's name, with its window as suffix if it has one
 * @param window empty if the indicator covers everything up to the as-of day
 */
public record IndicatorColumn(String name, IndicatorSettings indicator, Optional<Window> window) {
  /** Whether the values of all customers grow merely because days pass. */
  public boolean isGrowing() {
    return switch (indicator.growth()) {
      case NEVER, UNTIL_NEXT -> false;
      case OVER_LIFETIME -> window.filter(Window.LIFETIME::equals).isPresent();
      case ALWAYS -> true;
    };
  }

  /** Whether the value is the days since the latest event. */
  public boolean isUntilNext() {
    return indicator.growth() == Growth.UNTIL_NEXT;
  }

  /** The column in words: {@code Net sales (last 365 days)}. */
  public BilingualText label() {
    return window
        .map(
            it ->
                Translations.text(
                    "label.windowed",
                    indicator.label(),
                    it.isLifetime()
                        ? Translations.text("window.lifetime")
                        : Translations.text("window.days", it.days().getAsInt())))
        .orElse(indicator.label());
  }

  /** The definition for readers, with unit and window. */
  public BilingualText description() {
    return TableDefinitions.text(
        "indicator",
        Map.of(
            "definition",
            indicator.definition().orElse(indicator.label()),
            "unit",
            LowerCase.of(indicator.unit()),
            "window",
            window
                .<Object>map(Window::suffix)
                .orElseGet(() -> TableDefinitions.text("all_days", Map.of()))));
  }

  static IndicatorColumn over(Window window, IndicatorSettings indicator) {
    return new IndicatorColumn(
        indicator.name() + "_" + window.suffix(), indicator, Optional.of(window));
  }

  /**
   * The column of an indicator with this name, over any window; empty if the indicator has no such
   * column.
   */
  public static Optional<IndicatorColumn> named(String name, IndicatorSettings indicator) {
    if (!indicator.isWindowed()) {
      return name.equals(indicator.name())
          ? Optional.of(new IndicatorColumn(name, indicator, Optional.empty()))
          : Optional.empty();
    }

    return name.startsWith(indicator.name() + "_")
        ? Window.parse(name.substring(indicator.name().length() + 1))
            .map(window -> over(window, indicator))
        : Optional.empty();
  }
}
