package io.karat.input;

import static org.apache.spark.sql.functions.col;

import io.karat.engine.SourceFormat;
import io.karat.engine.SparkAction;
import io.karat.engine.SparkActionException;
import io.karat.run.InputException;
import io.karat.run.KaratException;
import io.karat.run.UsageException;
import io.karat.tables.ContentHash;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of a table or query of a database. Nothing pins them, so their content, or the value of a
 * query that the user gives, is looked at when a night begins and again when all is read.
 */
final class OpenedDatabase implements OpenedSource {
  static final String FORMAT = "jdbc";

  private static final Logger LOG = LoggerFactory.getLogger(OpenedDatabase.class);
  private static final String SNAPSHOT = "snapshot";
  private static final String QUERY = "query";

  /** Options that say which rows are read, and in how many parts. */
  private static final List<String> OF_ROWS =
      List.of(
          "dbtable",
          QUERY,
          "customSchema",
          "partitionColumn",
          "lowerBound",
          "upperBound",
          "numPartitions");

  /** Defaults: rows arrive in portions, local times stay local, and no filter is the database's. */
  private static final Map<String, String> DEFAULTS =
      Map.of("fetchsize", "10000", "preferTimestampNTZ", "true", "pushDownPredicate", "false");

  /** Maven coordinates of drivers, by what their URLs begin with. */
  private static final Map<String, String> DRIVERS =
      Map.of(
          "mysql", "com.mysql:mysql-connector-j",
          "mariadb", "org.mariadb.jdbc:mariadb-java-client",
          "oracle", "com.oracle.database.jdbc:ojdbc11",
          "sqlserver", "com.microsoft.sqlserver:mssql-jdbc",
          "db2", "com.ibm.db2:jcc",
          "snowflake", "net.snowflake:snowflake-jdbc",
          "sqlite", "org.xerial:sqlite-jdbc",
          "duckdb", "org.duckdb:duckdb_jdbc");

  private final Source source;
  private final SparkSession spark;
  private final Dataset<Row> rows;
  private Optional<State> begun = Optional.empty();

  private OpenedDatabase(Source source, SparkSession spark) {
    this.source = source;
    this.spark = spark;
    this.rows = attempt(() -> load(Map.of()));
  }

  /**
   * Connects to learn the columns.
   *
   * @throws InputException if the database refuses
   * @throws UsageException if its driver is missing, or options do not fit together
   */
  static OpenedSource open(Source source, SparkSession spark) {
    return new OpenedDatabase(source, spark);
  }

  @Override
  public List<String> lines() {
    return List.of("%s jdbc %s %s".formatted(address(), begun().text(), rows.schema().toDDL()));
  }

  @Override
  public int files() {
    return 0;
  }

  @Override
  public synchronized long bytes() {
    long count = begun.flatMap(State::rows).orElse(0L);
    return count * rows.schema().defaultSize();
  }

  @Override
  public Optional<String> state() {
    return Optional.of(begun().text());
  }

  @Override
  public Dataset<Row> rows(SourceColumns columns) {
    return rows;
  }

  @Override
  public Dataset<Row> namedRows(SourceColumns columns) {
    return rows;
  }

  @Override
  public void requireUnchanged() {
    State now = now();
    if (!now.equals(begun())) {
      throw new InputException(
          "Input '%s' changed while it was read: it was %s when the night began, and is %s now. Run again when nothing writes to it."
              .formatted(source.table(), begun().text(), now.text()));
    }
  }

  private synchronized State begun() {
    State state = begun.orElseGet(this::now);
    begun = Optional.of(state);
    return state;
  }

  /**
   * State of the rows.
   *
   * @param rows their number; empty if they were not read
   * @param text in words
   */
  private record State(Optional<Long> rows, String text) {}

  private State now() {
    return attempt(() -> source.option(SNAPSHOT).map(this::answered).orElseGet(this::hashed));
  }

  private State answered(String query) {
    Dataset<Row> answer = load(Map.of(QUERY, query));
    List<Row> values = answer.select(columns(answer)).limit(2).collectAsList();
    if (values.size() != 1 || answer.columns().length != 1) {
      throw new UsageException(
          "'inputs.%s.options.%s' answers with %s of %d columns: expected one value. Correct the query."
              .formatted(
                  source.table(),
                  SNAPSHOT,
                  values.size() > 1 ? "several rows" : values.size() + " rows",
                  answer.columns().length));
    }
    return new State(
        Optional.empty(), "snapshot '%s' of a database".formatted(values.get(0).get(0)));
  }

  private State hashed() {
    LOG.info("Input {}: its rows are read for their content", source.table());
    ContentHash hash = ContentHash.of(rows.select(columns(rows)));
    return new State(
        Optional.of(hash.rows()),
        "%d rows of a database with content %s".formatted(hash.rows(), hash.hex()));
  }

  /** The values as text, under names that stand for nothing. */
  private static Column[] columns(Dataset<Row> table) {
    List<Column> columns = new ArrayList<>();
    for (String name : table.columns()) {
      columns.add(col(SourceFormat.quoted(name)).cast("string").as("c" + columns.size()));
    }
    return columns.toArray(Column[]::new);
  }

  /** Plans a read of the configured rows, or of those of a query. */
  private Dataset<Row> load(Map<String, String> other) {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(DEFAULTS);
    options.putAll(source.secrets().with(source.optionsWithout(List.of(SNAPSHOT))));
    if (!other.isEmpty()) {
      OF_ROWS.forEach(options::remove);
      options.putAll(other);
    }
    options.put("driver", driver());
    return spark.read().format(FORMAT).options(options).load();
  }

  /** The class of the driver, which Spark does not find by itself in a jar of the command. */
  private String driver() {
    return source.option("driver").map(this::known).orElseGet(this::accepting);
  }

  private String known(String driver) {
    try {
      Class.forName(driver, false, Thread.currentThread().getContextClassLoader());
      return driver;
    } catch (ClassNotFoundException missing) {
      throw noDriver();
    }
  }

  private String accepting() {
    ServiceLoader<Driver> drivers =
        ServiceLoader.load(Driver.class, Thread.currentThread().getContextClassLoader());
    for (Driver driver : drivers) {
      try {
        if (driver.acceptsURL(url())) {
          return driver.getClass().getName();
        }
      } catch (SQLException refused) {
        throw unreadable(refused);
      }
    }
    throw noDriver();
  }

  private UsageException noDriver() {
    String kind = url().replaceFirst("^jdbc:([^:]*).*", "$1");
    return new UsageException(
        "Input '%s' needs the driver of a database 'jdbc:%s', which is missing. Add --packages %s:VERSION to the command, and the option 'driver' if it is not found then."
            .formatted(source.table(), kind, DRIVERS.getOrDefault(kind, "GROUP:ARTIFACT")));
  }

  private String url() {
    return source.option("url").orElse("");
  }

  /** The address without parameters. */
  private String address() {
    return url().replaceFirst("[?;].*", "");
  }

  /** Takes a step, whose failures of the database and of Spark become words. */
  private <T> T attempt(Callable<T> step) {
    try {
      return SparkAction.result(step);
    } catch (SparkActionException failed) {
      throw inWords(failed);
    }
  }

  private RuntimeException inWords(SparkActionException failed) {
    Throwable failure = failed.getCause();
    if (failure instanceof KaratException ours) {
      return ours;
    }
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof SQLException refused) {
        return unreadable(refused);
      }
    }
    return failure instanceof IllegalArgumentException || failure instanceof AnalysisException
        ? new UsageException(
            "Input '%s' has options that do not fit together: %s. Correct 'inputs.%s.options'."
                .formatted(source.table(), reason(failure), source.table()),
            failure)
        : failed;
  }

  private InputException unreadable(SQLException refused) {
    String state = String.valueOf(refused.getSQLState());
    String advice =
        switch (state.substring(0, Math.min(2, state.length()))) {
          case "08" -> "Check the address, and whether the database runs.";
          case "28" -> "Check the options user and password.";
          default -> "Correct 'inputs.%s.options', or the database.".formatted(source.table());
        };
    return new InputException(
        "Input '%s' cannot be read from '%s': %s. %s"
            .formatted(source.table(), address(), reason(refused), advice),
        refused);
  }

  /** The first line of a failure's message, without secrets. */
  private String reason(Throwable failure) {
    String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason");
    return source
        .secrets()
        .masked(line)
        .replaceAll("^(\\[[A-Z0-9_.]+\\] |requirement failed: )|[.\\s]+$", "");
  }
}
