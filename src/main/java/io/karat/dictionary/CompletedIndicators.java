package io.karat.dictionary;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.Window;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Built-in indicators that editors complete, over a year and over all time where they have a
 * window.
 */
public final class CompletedIndicators {
  private static final List<Window> WINDOWS = List.of(Window.ofDays(365), Window.LIFETIME);

  private CompletedIndicators() {}

  /** The names of the columns, each with its label and definition. */
  public static SortedMap<String, String> described() {
    SortedMap<String, String> described = new TreeMap<>();
    for (IndicatorSettings indicator : IndicatorPlan.builtIn().indicators().values()) {
      columns(indicator).forEach(column -> described.put(column.name(), meaning(column)));
    }
    return described;
  }

  private static List<IndicatorColumn> columns(IndicatorSettings indicator) {
    return indicator.isWindowed()
        ? WINDOWS.stream().map(window -> windowed(indicator, window)).toList()
        : List.of(new IndicatorColumn(indicator.name(), indicator, Optional.empty()));
  }

  private static IndicatorColumn windowed(IndicatorSettings indicator, Window window) {
    return IndicatorColumn.named("%s_%s".formatted(indicator.name(), window.suffix()), indicator)
        .orElseThrow();
  }

  private static String meaning(IndicatorColumn column) {
    String label = column.label().en();
    return column.indicator().definition().map(it -> label + ": " + it.en()).orElse(label);
  }
}
