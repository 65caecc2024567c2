package io.karat.settings;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of indicators beyond the built-in catalogue.
 *
 * @param windows the windows of every windowed indicator, in the order of the columns
 * @param measures the business's own measures by name, in alphabetical order
 * @param custom the business's own indicators by name, in alphabetical order
 */
public record Indicators(
    List<Window> windows,
    SortedMap<String, MeasureSettings> measures,
    SortedMap<String, IndicatorSettings> custom) {
  public Indicators {
    windows = List.copyOf(windows);
    measures = Collections.unmodifiableSortedMap(new TreeMap<>(measures));
    custom = Collections.unmodifiableSortedMap(new TreeMap<>(custom));
  }
}
