package io.karat.settings;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the PostgreSQL database from which BI tools read the tables. The password is not
 * among them: it is looked up when a connection is made.
 *
 * @param url without user and password
 * @param schema the schema of the views that readers see; the tables behind them are in {@code
 *     <schema>_runs}
 * @param readerRole the role that may read the views; without it no privilege is granted
 * @param passwordFile a file that holds the password; if empty, {@code passwordVariable} is used
 * @param passwordVariable the environment variable with the password
 * @param connections the largest number of connections that load at the same time
 * @param timeouts the ends of waits
 */
public record PostgreSql(
    String url,
    String user,
    String schema,
    Optional<String> readerRole,
    Optional<String> passwordFile,
    String passwordVariable,
    int connections,
    Timeouts timeouts) {
  /**
   * Longest waits for the database.
   *
   * @param connect for a connection, and for a sign of life while a statement runs
   * @param lock for what other sessions lock
   * @param statement for one statement
   */
  public record Timeouts(Duration connect, Duration lock, Duration statement)
      implements Serializable {}

  /** The schema of the tables behind the views. */
  public String runsSchema() {
    return schema + "_runs";
  }
}
