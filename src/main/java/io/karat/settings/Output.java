package io.karat.settings;

import io.karat.run.Umask;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the output and its retention. The folder is always written and is the source of
 * truth; other publishers copy it.
 *
 * @param path the folder of commits, releases, history, models and state
 * @param historyDays the number of days before the as-of day whose nights the customer history
 *     shows
 * @param metricsFile the Prometheus file about the latest run
 * @param umask the permissions that new files and folders do not have
 * @param postgresql empty unless {@code publish} names it
 * @param iceberg empty unless {@code publish} names it
 * @param report empty if no report is made
 */
public record Output(
    String path,
    List<Destination> publish,
    Retention retention,
    int historyDays,
    String metricsFile,
    Umask umask,
    Optional<PostgreSql> postgresql,
    Optional<Iceberg> iceberg,
    Optional<Report> report) {
  public Output {
    publish = List.copyOf(publish);
  }

  /** Whether the metrics file lies in the output folder. */
  public boolean hasMetricsInside() {
    return metricsFile.startsWith(path + "/");
  }

  /** Destination to which tables are published. */
  public enum Destination {
    /** Parquet files in a folder. */
    DIRECTORY,
    /** Views of a database. */
    POSTGRESQL,
    /** Tables of an Iceberg catalog. */
    ICEBERG
  }

  /**
   * Settings of retention.
   *
   * @param releases the number of releases kept, at least the live one and the one before
   * @param quarantineDays the number of days for which quarantined rows are kept
   * @param readerMinutes the time for which the files of a release stay after it was live
   */
  public record Retention(int releases, int quarantineDays, int readerMinutes) {}

  /**
   * Settings of the Iceberg catalog.
   *
   * @param catalog its name in Spark's settings, which say where it is
   * @param namespace the namespace of all tables and views, with dots between its levels
   */
  public record Iceberg(String catalog, String namespace) {}

  /**
   * Settings of the report.
   *
   * @param ids whether it shows customers at all, by their ids
   * @param names whether it shows names and owners too, where they are known
   * @param rows the largest number of customers in its list
   */
  public record Report(boolean ids, boolean names, int rows) {}
}
