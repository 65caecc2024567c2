package io.karat.indicators;

import io.karat.expressions.RowExpression;
import io.karat.settings.IndicatorSettings;
import java.util.Set;

/**
 * An indicator: one number, day or text per customer and window.
 *
 * @param settings name, unit, direction, labels
 * @param value over measures, other indicators and the words of {@link IndicatorPlan}
 * @param isBuiltIn whether it comes with Karat
 */
record Indicator(IndicatorSettings settings, RowExpression value, boolean isBuiltIn) {
  String name() {
    return settings.name();
  }

  Set<String> words() {
    return value.words();
  }
}
