package io.karat.settings;

import java.util.List;
import java.util.Optional;

/**
 * Where tables go and how long they are kept.
 *
 * @param path the folder of commits, releases, history, models and state
 * @param historyDays nights shown in the history of customers, in days before the as-of day
 * @param report none where no report is made
 */
public record Output(
    String path,
    List<Publisher> publish,
    Retention retention,
    int historyDays,
    Optional<Report> report) {
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

  /**
   * The report that is made for people.
   *
   * @param customerIds whether it names the customers to look at
   */
  public record Report(boolean customerIds) {}
}
