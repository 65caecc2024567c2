package io.karat.settings;

import java.util.List;
import java.util.Optional;

/**
 * Where tables go and how long they are kept. The folder is always written, and is the truth; other
 * publishers follow it.
 *
 * @param path the folder of commits, releases, history, models and state
 * @param historyDays nights shown in the history of customers, in days before the as-of day
 * @param metricsFile where Prometheus finds how the latest run went
 * @param postgresql none where {@code publish} does not name it
 * @param report none where no report is made
 */
public record Output(
    String path,
    List<Publisher> publish,
    Retention retention,
    int historyDays,
    String metricsFile,
    Optional<PostgreSql> postgresql,
    Optional<Report> report) {
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
    DIRECTORY,
    /** Views of a database. */
    POSTGRESQL
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
