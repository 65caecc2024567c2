package io.karat.settings;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is computed per customer beside the built-in catalogue.
 *
 * @param windows for every windowed indicator, in the order of the columns
 * @param measures the business's own measures by name, in the order of names
 * @param custom the business's own indicators by name, in the order of names
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
