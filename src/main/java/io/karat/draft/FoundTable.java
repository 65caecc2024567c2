package io.karat.draft;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Table among the files of a folder.
 *
 * @param name of its folder or files
 * @param options with which its format is read
 * @param snapshots the path with {@code {latest}} for the day, where each folder holds one day
 */
record FoundTable(
    String name,
    String path,
    String format,
    Map<String, String> options,
    Optional<String> snapshots) {
  FoundTable {
    options = Map.copyOf(new TreeMap<>(options));
  }

  /** Whether a column is the day that folders of snapshots state. */
  boolean isDay(String column) {
    return snapshots.filter(it -> it.endsWith("/%s={latest}".formatted(column))).isPresent();
  }
}
