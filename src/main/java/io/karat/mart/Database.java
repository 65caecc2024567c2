package io.karat.mart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
  }

  static Database of(Connection connection) throws SQLException {
    Database database = new Database(connection);
    database.run(List.of("SET search_path = ''", "SET TIME ZONE 'UTC'", "SET DateStyle = 'ISO'"));
    return database;
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
    try (Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** Runs statements one after the other, in one exchange with the server. */
  void run(Collection<String> statements) throws SQLException {
    if (!statements.isEmpty()) {
      run(String.join(";\n", statements));
    }
  }

  /** Runs a statement that changes rows; returns their number. */
  int update(String statement, Object... values) throws SQLException {
    try (PreparedStatement sql = prepared(statement, values)) {
      return sql.executeUpdate();
    }
  }

  <T> List<T> rows(Reader<T> reader, String query, Object... values) throws SQLException {
    try (PreparedStatement sql = prepared(query, values);
        ResultSet row = sql.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(reader.read(row));
      }
      return rows;
    }
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
    connection.setAutoCommit(false);
    try {
      T result = work.apply();
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException | Error failure) {
      rollBack(failure);
      throw failure;
    } finally {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  private void rollBack(Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      failure.addSuppressed(broken);
    }
  }

  /** Starts a COPY from here. */
  CopyIn copyIn(String statement) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
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
