package io.karat.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Catalogue of the built-in measures and indicators by name, in the order of the file.
 *
 * @param characteristics labels of common customer characteristics, by name
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
