package io.karat.publishing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * List of the files of the history table of a release, a line of JSON for each. The files lie where
 * their nights wrote them, so releases share them and none is copied. A release of a former version
 * has no list, but files of its own in a folder.
 *
 * @param release the folder of the release, within the output folder
 */
record HistoryList(Storage storage, String release) {
  /** The name of the list in the folder of a release. */
  static final String FILE = Staging.HISTORY_TABLE + ".json";

  /** The length of {@code 2026-03-01}, with which the names of files in the folder begin. */
  private static final int DAY_LENGTH = 10;

  /**
   * File of a night.
   *
   * @param file its path within the output folder
   */
  record Entry(@JsonProperty("as_of_date") LocalDate asOf, String runId, String file, long bytes) {}

  /**
   * Writes the list, and gives the files second names in the folder of the table where the file
   * system has links, for readers who know no list.
   *
   * @throws DamagedFileException if one of the files is missing
   */
  void write(SortedMap<LocalDate, Commit.Night> nights) throws IOException {
    SortedMap<String, Long> sizes = sizes();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<LocalDate, Commit.Night> night : nights.entrySet()) {
      for (String file : night.getValue().files()) {
        Long bytes = sizes.get(file);
        if (bytes == null) {
          throw new DamagedFileException(file, "it is missing", "");
        }
        entries.add(new Entry(night.getKey(), night.getValue().runId(), file, bytes));
      }
    }
    link(entries);
    storage.replace(path(), ControlFileJson.lines(entries));
  }

  /** All files or none get a second name. */
  private void link(List<Entry> entries) throws IOException {
    for (Entry entry : entries) {
      String name = entry.file().substring(entry.file().lastIndexOf('/') + 1);
      if (!storage.link(entry.file(), "%s/%s-%s".formatted(folder(), entry.asOf(), name))) {
        storage.delete(folder());
        return;
      }
    }
  }

  /**
   * The files, earliest night first; none if the release is deleted.
   *
   * @throws DamagedFileException if the list is damaged
   */
  List<Entry> entries() throws IOException {
    Optional<List<Entry>> listed = ControlFileJson.readLines(storage, path(), Entry.class);
    return listed.isPresent() ? listed.get() : former();
  }

  private List<Entry> former() throws IOException {
    List<Entry> entries = new ArrayList<>();
    storage
        .files(folder())
        .forEach(
            (name, bytes) -> {
              if (name.endsWith(".parquet")) {
                LocalDate night = LocalDate.parse(name.substring(0, DAY_LENGTH));
                entries.add(new Entry(night, "", "%s/%s".formatted(folder(), name), bytes));
              }
            });
    return entries;
  }

  /** The files of each night, as paths within the output folder. */
  SortedMap<LocalDate, List<String>> nights() throws IOException {
    return entries().stream()
        .collect(groupingBy(Entry::asOf, TreeMap::new, mapping(Entry::file, toList())));
  }

  /** The folders in which the files lie. */
  Set<String> folders() throws IOException {
    return entries().stream()
        .map(entry -> entry.file().substring(0, entry.file().lastIndexOf('/')))
        .collect(toSet());
  }

  /** Whether the files of a list exist in their sizes; those of a former release are its own. */
  boolean isWhole() throws IOException {
    Optional<List<Entry>> listed = ControlFileJson.readLines(storage, path(), Entry.class);
    if (listed.isEmpty()) {
      return true;
    }

    SortedMap<String, Long> sizes = sizes();
    return listed.get().stream()
        .allMatch(entry -> sizes.getOrDefault(entry.file(), -1L) == entry.bytes());
  }

  /** The sizes of all files of the history, by path within the output folder. */
  private SortedMap<String, Long> sizes() throws IOException {
    SortedMap<String, Long> sizes = new TreeMap<>();
    storage
        .files(Layout.HISTORY)
        .forEach((file, bytes) -> sizes.put("%s/%s".formatted(Layout.HISTORY, file), bytes));
    return sizes;
  }

  private String path() {
    return "%s/%s".formatted(release, FILE);
  }

  private String folder() {
    return "%s/%s".formatted(release, Staging.HISTORY_TABLE);
  }
}
