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
public record IndicatorColumn(String name, IndicatorSettings indicator, Optional<Window> window) {}
