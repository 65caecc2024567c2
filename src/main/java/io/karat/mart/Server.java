package io.karat.mart;

import io.karat.settings.PostgreSql;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** The address and user of the database; it is sent to the executors, which load from there. */
record Server(String url, String user, Password password) implements Serializable {
  private static final String TOO_LARGE = "54000";

  static Server of(PostgreSql mart, Map<String, String> environment) {
    return new Server(mart.url(), mart.user(), Password.of(mart, environment));
  }

  /** Connects. Each caller has a connection of its own. */
  Database open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    if (!password.isEmpty()) {
      properties.setProperty("password", password.secret());
    }
    properties.setProperty("ApplicationName", "karat");
    properties.setProperty("tcpKeepAlive", "true");
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("'%s' is not a URL of PostgreSQL".formatted(url));
    }
    return Database.of(connection);
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
