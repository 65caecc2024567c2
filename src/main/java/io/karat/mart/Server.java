package io.karat.mart;

import io.karat.settings.PostgreSql;
import io.karat.settings.PostgreSql.Timeouts;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** The address and user of the database; it is sent to the executors, which load from there. */
record Server(String url, String user, Password password, Timeouts timeouts)
    implements Serializable {
  private static final String TOO_LARGE = "54000";

  static Server of(PostgreSql mart, Map<String, String> environment) {
    return new Server(mart.url(), mart.user(), Password.of(mart, environment), mart.timeouts());
  }

  /** Connects. Each caller has a connection of its own. */
  Database open() throws SQLException {
    ConnectionWatch watch = new ConnectionWatch(timeouts, this::isAlive);
    return Database.of(connected(watch), watch, timeouts);
  }

  /** Connects for a look: it waits for locks no longer than for a connection. */
  Database openForALook() throws SQLException {
    Duration most = timeouts.connect();
    Timeouts brief = new Timeouts(most, most, most.multipliedBy(2));
    return new Server(url, user, password, brief).open();
  }

  private Connection connected(ConnectionWatch watch) throws SQLException {
    Encryption encryption = Encryption.of(url);
    try {
      return watch.connecting(
          encryption.hosts().size(), () -> WatchedSockets.with(watch, () -> connected(encryption)));
    } catch (SQLException refused) {
      throw encryption.explained(refused);
    }
  }

  private Connection connected(Encryption encryption) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    if (!password.isEmpty()) {
      properties.setProperty("password", password.secret());
    }
    properties.setProperty("ApplicationName", "karat");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketFactory", WatchedSockets.class.getName());
    String limit = Long.toString(timeouts.connect().toSeconds());
    properties.setProperty("connectTimeout", limit);
    properties.setProperty("socketTimeout", limit);
    if (encryption.isRequired()) {
      properties.setProperty("sslmode", "require");
    }
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("'%s' is not a URL of PostgreSQL".formatted(address()));
    }
    connection.setNetworkTimeout(Runnable::run, 0);
    return connection;
  }

  /** Whether the server answers a new connection; one that it refuses is an answer too. */
  private boolean isAlive() {
    ConnectionWatch watch = new ConnectionWatch(timeouts, () -> true);
    try (Connection answered = connected(watch)) {
      return !answered.isClosed();
    } catch (SQLException refused) {
      return !String.valueOf(refused.getSQLState()).startsWith("08");
    }
  }

  /** The address without parameters, for messages. */
  String address() {
    return url.replaceFirst("[?].*", "");
  }

  /** The message of the server or the driver, in a line without passwords and values of rows. */
  String reason(SQLException problem) {
    String said = masked(Database.message(problem));
    return TOO_LARGE.equals(problem.getSQLState()) ? said + ": a text in a key is too long" : said;
  }

  /** The first line of a failure's message, without passwords. */
  String masked(Exception failure) {
    return masked(
        Optional.ofNullable(failure.getMessage())
            .flatMap(text -> text.lines().findFirst())
            .orElseGet(() -> failure.getClass().getSimpleName()));
  }

  private String masked(String text) {
    return password.masked(text).replaceAll("[.\\s]+$", "");
  }
}
