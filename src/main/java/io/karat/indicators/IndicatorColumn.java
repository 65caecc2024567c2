package io.karat.indicators;

import io.karat.settings.IndicatorSettings;
import io.karat.settings.Window;
import java.util.Optional;

/**
 * A column of {@code customer_indicators}.
 *
 * @param name the indicator's name, with its window as suffix where it has one
 * @param window none where the indicator looks at everything up to the as-of day
 */
public record IndicatorColumn(String name, IndicatorSettings indicator, Optional<Window> window) {
  static IndicatorColumn over(Window window, IndicatorSettings indicator) {
    return new IndicatorColumn(
        indicator.name() + "_" + window.suffix(), indicator, Optional.of(window));
  }

  /**
   * The column of an indicator that is called so, over any window; none where that is not what its
   * columns are called.
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
