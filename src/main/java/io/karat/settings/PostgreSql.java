package io.karat.settings;

import java.util.Optional;

/**
 * The database that BI tools read the tables from. The password is no setting: it is looked up when
 * somebody connects.
 *
 * @param url without user and password
 * @param schema of the views that readers see; the tables behind them are in {@code <schema>_runs}
 * @param readerRole who may read the views; nobody is granted anything where it is none
 * @param passwordFile holds the password; where it is none, the variable does
 * @param passwordVariable the environment variable with the password
 * @param connections how many load at the same time, at most
 */
public record PostgreSql(
    String url,
    String user,
    String schema,
    Optional<String> readerRole,
    Optional<String> passwordFile,
    String passwordVariable,
    int connections) {
  /** The schema of the tables behind the views. */
  public String runsSchema() {
    return schema + "_runs";
  }
}
