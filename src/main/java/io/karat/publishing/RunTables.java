package io.karat.publishing;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/** Tables of one run, staged or released: folders of Parquet files, and a list of the history. */
public final class RunTables {
  private final Storage storage;
  private final String folder;

  RunTables(Storage storage, String folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /** The location of a table, for Spark. */
  public String location(String table) {
    return storage.location(path(table));
  }

  /** Whether a table is there; those of a deleted release are not. */
  public boolean has(String table) throws IOException {
    return !parquet(table).isEmpty();
  }

  /** The locations of the history table's files by night; none if it is not there. */
  public SortedMap<LocalDate, List<String>> nights() throws IOException {
    SortedMap<LocalDate, List<String>> nights = new HistoryList(storage, folder).nights();
    nights.replaceAll((night, files) -> files.stream().map(storage::location).toList());
    return nights;
  }

  /** The locations of a table's Parquet files, sorted by name; none if it is not there. */
  List<String> parquet(String table) throws IOException {
    if (table.equals(Staging.HISTORY_TABLE)) {
      return nights().values().stream().flatMap(List::stream).toList();
    }

    return storage.names(path(table)).stream()
        .filter(name -> name.endsWith(".parquet"))
        .map(name -> "%s/%s".formatted(location(table), name))
        .toList();
  }

  /**
   * The locations of a table's Parquet files, sorted by name.
   *
   * @throws IOException if there are none
   */
  public List<String> files(String table) throws IOException {
    List<String> files = parquet(table);
    if (files.isEmpty()) {
      throw new IOException("%s has no Parquet file".formatted(location(table)));
    }
    return files;
  }

  /** The size of a table's files in bytes; of the history's, those of all nights. */
  public long bytes(String table) throws IOException {
    if (table.equals(Staging.HISTORY_TABLE)) {
      return new HistoryList(storage, folder)
          .entries().stream().mapToLong(HistoryList.Entry::bytes).sum();
    }

    return storage.files(path(table)).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Gives a table a copy under another name. */
  void copy(String table, String copy) throws IOException {
    for (String file : storage.files(path(table)).keySet()) {
      storage.place("%s/%s".formatted(path(table), file), "%s/%s".formatted(path(copy), file));
    }
  }

  void delete(String table) throws IOException {
    storage.delete(path(table));
  }

  private String path(String table) {
    return "%s/%s".formatted(folder, table);
  }
}
