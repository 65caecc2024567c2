package io.karat.settings;

import java.util.List;

/**
 * Where tables go and how long they are kept.
 *
 * @param path the folder of commits, releases, history, models and state
 * @param historyDays nights shown in the history of customers, in days before the as-of day
 * @param metricsFile where Prometheus finds how the latest run went
 */
public record Output(
    String path,
    List<Publisher> publish,
    Retention retention,
    int historyDays,
    String metricsFile) {
  public Output {
    publish = List.copyOf(publish);
  }

  /** Whether that file lies where the tables do. */
  public boolean hasMetricsInside() {
    return metricsFile.startsWith(path + "/");
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
