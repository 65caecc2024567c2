package io.karat.mart;

import io.karat.publishing.OutputFolder;
import io.karat.run.Umask;
import io.karat.settings.Output;
import io.karat.settings.Output.Destination;
import io.karat.settings.Output.Retention;
import io.karat.settings.PostgreSql;
import io.karat.settings.PostgreSql.Timeouts;
import io.karat.testing.DocumentedSql;
import io.karat.testing.SilentProgress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real PostgreSQL for tests: the same server for all of them, set up by the statements in {@code
 * docs/postgresql.md}, and for each a schema of its own, owned by role karat, with readers in role
 * analysts.
 */
public final class LivePostgres implements ParameterResolver {
  public static final String SECRET = "correct horse";

  /** Every role but the owner of the server needs a password. */
  private static final String RULES =
      """
      host all postgres samehost trust
      host all all samehost scram-sha-256
      """;

  static final Timeouts USUAL =
      new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(420), Duration.ofSeconds(1800));

  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Bi.class;
  }

  @Override
  public Bi resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Server server =
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .getOrComputeIfAbsent(Server.class, key -> Server.start(), Server.class);
    return new Bi(server.postgres().getPort(), "bi%d".formatted(SCHEMAS.incrementAndGet()));
  }

  private record Server(EmbeddedPostgres postgres) implements AutoCloseable {
    static Server start() {
      try {
        Path rules = Files.writeString(Files.createTempFile("rules", ".conf"), RULES);
        EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setServerConfig("hba_file", rules.toString()).start();
        Bi bi = new Bi(postgres.getPort(), "");
        for (String statements : DocumentedSql.blocks(Path.of("docs/postgresql.md"))) {
          bi.asOwner(
              statements
                  .replace("'…'", "'%s'".formatted(SECRET))
                  .replace("DATABASE bi", "DATABASE postgres"));
        }
        bi.asOwner("CREATE ROLE anne LOGIN PASSWORD 'anne' IN ROLE analysts");
        return new Server(postgres);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
    }

    @Override
    public void close() throws IOException {
      postgres.close();
    }
  }

  /** A database that BI tools read, and the schema of a mart in it. */
  public record Bi(int port, String schema) {
    public String url() {
      return "jdbc:postgresql://localhost:%d/postgres".formatted(port);
    }

    Connection connect(String user, String password) throws SQLException {
      return DriverManager.getConnection(url(), user, password);
    }

    /** A connection of a reader. */
    public Connection asReader() throws SQLException {
      return connect("anne", "anne");
    }

    public void asOwner(String... statements) throws SQLException {
      try (Connection owner = connect("postgres", "postgres");
          Statement sql = owner.createStatement()) {
        for (String statement : statements) {
          sql.execute(statement.replace("{schema}", schema));
        }
      }
    }

    /** The answer to a query, a line per row, with {@code |} between values. */
    public String read(String query) throws SQLException {
      try (Connection reader = connect("postgres", "postgres")) {
        return read(reader, query);
      }
    }

    String read(Connection reader, String query) throws SQLException {
      try (Statement sql = reader.createStatement();
          ResultSet rows = sql.executeQuery(query.replace("{schema}", schema))) {
        List<String> lines = new ArrayList<>();
        while (rows.next()) {
          StringJoiner line = new StringJoiner("|");
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            line.add(Optional.ofNullable(rows.getString(i)).orElse("∅"));
          }
          lines.add(line.toString());
        }
        return String.join("\n", lines);
      }
    }

    /** Shows the live release of an output folder. */
    public void follow(OutputFolder folder, Path path, SparkSession spark) throws IOException {
      Mart.of(output(path, 14), Map.of(), List.of(), folder, spark, environment())
          .follow(folder.head(), SilentProgress.INSTANCE);
    }

    PostgreSql settings() {
      return settings(USUAL);
    }

    PostgreSql settings(Timeouts timeouts) {
      return new PostgreSql(
          url(), "karat", schema, Optional.of("analysts"), Optional.empty(), "SECRET", 4, timeouts);
    }

    Output output(Path folder, int releases) {
      return output(folder, releases, settings());
    }

    static Output output(Path folder, int releases, PostgreSql settings) {
      return new Output(
          folder.toString(),
          List.of(Destination.DIRECTORY, Destination.POSTGRESQL),
          new Retention(releases, 1, 60),
          400,
          folder.resolve("metrics.prom").toString(),
          new Umask("027"),
          Optional.of(settings),
          Optional.empty(),
          Optional.empty());
    }

    static Map<String, String> environment() {
      return Map.of("SECRET", SECRET);
    }
  }
}
