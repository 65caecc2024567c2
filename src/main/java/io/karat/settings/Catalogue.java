package io.karat.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The built-in measures and indicators by name, in the order in which they are written.
 *
 * @param characteristics what the usual characteristics of customers are called, by name
 */
public record Catalogue(
    Map<String, MeasureSettings> measures,
    Map<String, IndicatorSettings> indicators,
    Map<String, BilingualText> characteristics) {
  public Catalogue {
    characteristics = Collections.unmodifiableMap(new LinkedHashMap<>(characteristics));
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    indicators = Collections.unmodifiableMap(new LinkedHashMap<>(indicators));
  }
}
