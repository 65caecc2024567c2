package io.karat.publishing;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Night of the history that a later night compares with. */
public final class HistoryNight {
  private final LocalDate asOf;
  private final Commit.Night night;
  private final Storage storage;

  private HistoryNight(LocalDate asOf, Commit.Night night, Storage storage) {
    this.asOf = asOf;
    this.night = night;
    this.storage = storage;
  }

  static HistoryNight of(LocalDate asOf, Commit.Night night, Storage storage) {
    return new HistoryNight(asOf, night, storage);
  }

  /**
   * The path of a file beside history rows; readers of the history ignore names with an underscore.
   */
  static String besideRows(String folder, String file) {
    return "%s/_%s".formatted(folder, file);
  }

  public LocalDate asOf() {
    return asOf;
  }

  /** The recorded run of this night. */
  public String runId() {
    return night.runId();
  }

  /** The content of its history rows. */
  public Release.Table table() {
    return night.table();
  }

  /** The number of its history rows. */
  public long rows() {
    return night.table().rows();
  }

  /** Its history files, for Spark to read. */
  public List<String> files() {
    return night.files().stream().map(storage::location).toList();
  }

  /** A small file that was kept with it; empty if there is none. */
  public Optional<String> kept(String file) throws IOException {
    if (night.files().isEmpty()) {
      return Optional.empty();
    }

    String rows = night.files().get(0);
    return storage.read(besideRows(rows.substring(0, rows.lastIndexOf('/')), file));
  }
}
