package io.karat.mart;

import io.karat.settings.PostgreSql.Timeouts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A connection to the database. */
final class Database implements AutoCloseable {
  static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String CANCELLED = "57014";
  private static final int LONGEST_SHOWN = 80;

  private final Connection connection;
  private final ConnectionWatch watch;
  private final Timeouts timeouts;

  private Database(Connection connection, ConnectionWatch watch, Timeouts timeouts) {
    this.connection = connection;
    this.watch = watch;
    this.timeouts = timeouts;
  }

  static Database of(Connection connection, ConnectionWatch watch, Timeouts timeouts)
      throws SQLException {
    Database database = new Database(connection, watch, timeouts);
    database.run(
        List.of(
            "SET search_path = ''",
            "SET TIME ZONE 'UTC'",
            "SET DateStyle = 'ISO'",
            "SET statement_timeout = " + statement(timeouts).toMillis()));
    database.waitForLocks(timeouts.lock());
    return database;
  }

  /** The longest time of a statement, which a wait for a lock is part of. */
  private static Duration statement(Timeouts timeouts) {
    Duration afterLock = timeouts.lock().plusSeconds(1);
    return timeouts.statement().compareTo(afterLock) < 0 ? afterLock : timeouts.statement();
  }

  /** Sets the longest wait for a lock from now on. */
  void waitForLocks(Duration most) throws SQLException {
    run("SET lock_timeout = " + most.toMillis());
  }

  /** Sets the longest wait for a lock from now on to that of the settings. */
  void waitForLocksAsSet() throws SQLException {
    waitForLocks(timeouts.lock());
  }

  /** Work with the connection that has a result. */
  @FunctionalInterface
  interface Work<T> {
    T apply() throws SQLException;
  }

  /** Work with the connection that has no result. */
  @FunctionalInterface
  interface Task {
    void apply() throws SQLException;
  }

  /** A function from the current row to a value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  void run(String statement) throws SQLException {
    during(
        statement,
        () -> {
          try (Statement sql = connection.createStatement()) {
            return sql.execute(statement);
          }
        });
  }

  /** Runs statements one after the other, in one exchange with the server. */
  void run(Collection<String> statements) throws SQLException {
    if (!statements.isEmpty()) {
      run(String.join(";\n", statements));
    }
  }

  /** Runs a statement that changes rows; returns their number. */
  int update(String statement, Object... values) throws SQLException {
    return during(
        statement,
        () -> {
          try (PreparedStatement sql = prepared(statement, values)) {
            return sql.executeUpdate();
          }
        });
  }

  <T> List<T> rows(Reader<T> reader, String query, Object... values) throws SQLException {
    return during(
        query,
        () -> {
          try (PreparedStatement sql = prepared(query, values);
              ResultSet row = sql.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (row.next()) {
              rows.add(reader.read(row));
            }
            return rows;
          }
        });
  }

  /** Does the work of one statement, whose time-out of the server becomes words. */
  private <T> T during(String statement, Work<T> work) throws SQLException {
    String what = shown(statement);
    try {
      return watch.during(what, work);
    } catch (SQLException failed) {
      throw CANCELLED.equals(failed.getSQLState()) && message(failed).contains("statement timeout")
          ? new SQLException(
              "'%s' did not end within %s (output.postgresql.timeouts.statement_seconds)"
                  .formatted(what, ConnectionWatch.seconds(statement(timeouts))),
              CANCELLED,
              failed)
          : failed;
    }
  }

  /** The beginning of a statement, which holds no value of a row. */
  private static String shown(String statement) {
    String line = statement.strip().replaceAll("(?s)[;(\\n].*", "").strip();
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
  }

  List<String> texts(String query, Object... values) throws SQLException {
    return rows(row -> row.getString(1), query, values);
  }

  <T> Optional<T> first(Reader<T> reader, String query, Object... values) throws SQLException {
    return rows(reader, query, values).stream().findFirst();
  }

  boolean holds(String query, Object... values) throws SQLException {
    return first(row -> row.getBoolean(1), query, values).orElse(false);
  }

  private PreparedStatement prepared(String statement, Object... values) throws SQLException {
    PreparedStatement sql = connection.prepareStatement(statement);
    for (int i = 0; i < values.length; i++) {
      sql.setObject(i + 1, values[i]);
    }
    return sql;
  }

  /** Does the work in one transaction. */
  <T> T together(Work<T> work) throws SQLException {
    try (Transaction transaction = new Transaction()) {
      T result = work.apply();
      transaction.commit();
      return result;
    }
  }

  /** Transaction that is rolled back when it is closed, unless it was committed. */
  private final class Transaction implements AutoCloseable {
    private boolean isCommitted;

    Transaction() throws SQLException {
      connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
      end("COMMIT", connection::commit);
      isCommitted = true;
    }

    @Override
    public void close() throws SQLException {
      try {
        if (!isCommitted) {
          end("ROLLBACK", connection::rollback);
        }
      } finally {
        if (!connection.isClosed()) {
          connection.setAutoCommit(true);
        }
      }
    }

    private void end(String statement, Task task) throws SQLException {
      watch.during(
          statement,
          () -> {
            task.apply();
            return true;
          });
    }
  }

  /**
   * Starts a COPY from here. It may take as long as it likes, as each exchange of it is watched.
   */
  CopyIn copyIn(String statement) throws SQLException {
    run("SET LOCAL statement_timeout = 0");
    return during(
        statement, () -> connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement));
  }

  /** Does one exchange of a COPY. */
  void copying(Task exchange) throws SQLException {
    watch.during(
        "COPY",
        () -> {
          exchange.apply();
          return true;
        });
  }

  /** The first line of the server's message, without its details, which may hold values of rows. */
  static String message(SQLException problem) {
    Optional<ServerErrorMessage> said =
        problem instanceof PSQLException ours
            ? Optional.ofNullable(ours.getServerErrorMessage())
            : Optional.empty();
    return said.map(ServerErrorMessage::getMessage)
        .or(() -> Optional.ofNullable(problem.getMessage()))
        .flatMap(text -> text.lines().findFirst())
        .orElseGet(() -> problem.getClass().getSimpleName());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
