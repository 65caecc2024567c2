package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of a table that is joined to the rows of an input by key, before they are mapped.
 *
 * @param paths where its rows are, as of an input
 * @param format a format of files or tables, or {@code jdbc}
 * @param options options of that source, by name
 * @param secrets those that no text shows
 * @param on columns of the rows so far, each with the column of the table that it equals
 * @param columns the columns to bring by the names that they get, each with its name in the table;
 *     all but those of the key if empty
 * @param at the place of the settings
 */
public record JoinSettings(
    List<String> paths,
    String format,
    SortedMap<String, String> options,
    SecretOptions secrets,
    Map<String, String> on,
    Map<String, String> columns,
    Location at) {
  public JoinSettings {
    paths = List.copyOf(paths);
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    on = Collections.unmodifiableMap(new LinkedHashMap<>(on));
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** The table in messages: its path, else the key of its settings. */
  public String shown() {
    return paths.isEmpty() ? at.name() : String.join(", ", paths);
  }
}
