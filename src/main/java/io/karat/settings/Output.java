package io.karat.settings;

import java.util.List;

/**
 * Where tables go and how long they are kept.
 *
 * @param path the folder of commits, releases, history, models and state
 * @param historyDays nights shown in the history of customers, in days before the as-of day
 */
public record Output(String path, List<Publisher> publish, Retention retention, int historyDays) {
  public Output {
    publish = List.copyOf(publish);
  }

  /** Who hands the tables to readers. */
  public enum Publisher {
    /** Parquet files in a folder. */
    DIRECTORY
  }

  /**
   * What is kept.
   *
   * @param releases at least the live one and the one before
   * @param quarantineDays how long rows that could not be used are kept
   */
  public record Retention(int releases, int quarantineDays) {}
}
