package io.karat.draft;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Table among the files of a folder.
 *
 * @param name of its folder or files
 * @param options with which its format is read
 * @param dayFolder the name before the equals sign of the folders that hold one day each
 */
record FoundTable(
    String name,
    String path,
    String format,
    Map<String, String> options,
    Optional<String> dayFolder) {
  FoundTable {
    options = Map.copyOf(new TreeMap<>(options));
  }
}
