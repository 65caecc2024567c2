package io.karat.mart;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunLock;
import io.karat.publishing.Staging;
import io.karat.run.Progress;
import io.karat.run.SessionSettings;
import io.karat.run.Umask;
import io.karat.settings.Output;
import io.karat.settings.Output.Destination;
import io.karat.settings.Output.Retention;
import io.karat.settings.PostgreSql;
import io.karat.tables.ContentHash;
import io.karat.testing.OutputFolders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.postgresql.PGConnection;

/**
 * A benchmark of the load of a mart, beside plain COPY of the same rows and Spark's JDBC writer;
 * see scripts/bench/postgresql.
 */
public final class MartBenchmark {
  private static final int CONNECTIONS = 2;
  private static final List<String> CODES =
      List.of("profit_tier", "potential_tier", "customer_class", "rfm_segment", "lifecycle");
  private static final int AMOUNTS = 12;
  private static final int SCORES = 12;

  private final SparkSession spark;
  private final Path folder;
  private final String url;
  private final long customers;
  private final Dataset<Row> rows;

  private MartBenchmark(SparkSession spark, Path folder, String url, long customers) {
    this.spark = spark;
    this.folder = folder;
    this.url = url;
    this.customers = customers;
    this.rows = made(spark, folder, customers);
  }

  /** Arguments: a folder for data and server, the number of customers, the number of rounds. */
  public static void main(String[] arguments) throws IOException, SQLException {
    Path folder = Path.of(arguments[0]);
    FileUtil.fullyDelete(folder.resolve("server").toFile());
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("mart benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1");
    SessionSettings.apply(ZoneId.of("UTC"), builder);
    try (SparkSession spark = builder.getOrCreate();
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("server"))
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "8GB")
                .start()) {
      spark.sparkContext().setLogLevel("ERROR");
      MartBenchmark benchmark =
          new MartBenchmark(
              spark,
              folder,
              server.getJdbcUrl("postgres", "postgres").replaceFirst("[?].*", ""),
              Long.parseLong(arguments[1]));
      Path text = benchmark.text();
      for (int round = 0; round <= Integer.parseInt(arguments[2]); round++) {
        benchmark.mart(round);
        benchmark.copy(round, text);
        benchmark.jdbc(round);
      }
    }
  }

  /** Customers with columns as in customer_value: amounts, scores, codes and their names. */
  private static Dataset<Row> made(SparkSession spark, Path folder, long customers) {
    Path path = folder.resolve("value-" + customers);
    if (!Files.exists(path.resolve("_SUCCESS"))) {
      List<Column> columns = new ArrayList<>();
      columns.add(expr("DATE '2026-03-01'").as("as_of_date"));
      columns.add(expr("'r'").as("run_id"));
      columns.add(expr("'C' || id").as("customer_id"));
      for (int i = 0; i < AMOUNTS; i++) {
        columns.add(
            expr("cast(pmod(xxhash64(id, %d), 10000000) / 100 AS decimal(38,2))".formatted(i))
                .as("amount_" + i));
      }
      for (int i = 0; i < SCORES; i++) {
        columns.add(
            expr("cast(pmod(xxhash64(id, -%d), 10000) / 100 AS decimal(5,2))".formatted(i + 1))
                .as("score_" + i));
      }
      for (String code : CODES) {
        Column level = expr("pmod(xxhash64(id, '%s'), 5)".formatted(code));
        columns.add(concat(lit("LEVEL_"), level).as(code));
        columns.add(concat(lit("Level "), level).as(code + "_name"));
      }
      spark
          .range(customers)
          .select(columns.toArray(Column[]::new))
          .write()
          .parquet(path.toString());
    }
    return spark.read().parquet(path.toString());
  }

  /** The rows in the text format of COPY, in one file. */
  private Path text() throws IOException {
    Path file = folder.resolve("value-%d.txt".formatted(customers));
    if (!Files.exists(file)) {
      CopyText text = CopyText.of(rows.schema());
      String name = file.toString();
      ((org.apache.spark.sql.classic.Dataset<Row>) rows)
          .queryExecution()
          .toRdd()
          .toJavaRDD()
          .coalesce(1)
          .foreachPartition(part -> write(part, text, Path.of(name)));
    }
    System.out.printf("%,d rows, %,d bytes of text%n", customers, Files.size(file));
    return file;
  }

  private static void write(Iterator<InternalRow> part, CopyText text, Path file)
      throws IOException {
    RunningDecimalSum[] sums = text.noSums();
    CopyBuffer line = new CopyBuffer();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      while (part.hasNext()) {
        text.write(part.next(), line, sums);
        out.write(line.bytes(), 0, line.length());
        line.clear();
      }
    }
  }

  private void mart(int round) throws IOException, SQLException {
    Path out = folder.resolve("out");
    FileUtil.fullyDelete(out.toFile());
    run("DROP SCHEMA IF EXISTS karat, karat_runs CASCADE");
    OutputFolder output =
        OutputFolders.open(out, spark.sparkContext().hadoopConfiguration(), InstantSource.system());
    Commit commit = published(output);
    PostgreSql settings =
        new PostgreSql(
            url,
            "postgres",
            "karat",
            Optional.empty(),
            Optional.empty(),
            "NONE",
            CONNECTIONS,
            LivePostgres.USUAL);
    Output where =
        new Output(
            out.toString(),
            List.of(Destination.POSTGRESQL),
            new Retention(14, 1, 60),
            400,
            out.resolve("metrics.prom").toString(),
            new Umask("027"),
            Optional.of(settings),
            Optional.empty(),
            Optional.empty());
    Mart.of(where, Map.of(), List.of(), output, spark, Map.of()).follow(commit, new Laps(round));
  }

  private Commit published(OutputFolder output) throws IOException {
    try (RunLock lock = output.lock("benchmark")) {
      Staging staging = output.stage("r", LocalDate.parse("2026-03-01"), output.head(), lock);
      rows.write().parquet(staging.table("customer_value"));
      rows.limit(1)
          .select("as_of_date", "run_id", "customer_id")
          .write()
          .parquet(staging.history());
      ContentHash one = new ContentHash(1, ContentHash.NONE.hex());
      TreeMap<String, Release.Table> tables = new TreeMap<>();
      tables.put("customer_value", new Release.Table(customers, Optional.empty()));
      tables.put(Staging.HISTORY_TABLE, Release.Table.of(staging.placeHistory(one, 400)));
      return output.commit(
          staging.complete(tables, JsonNodeFactory.instance.objectNode(), false), lock);
    }
  }

  private void copy(int round, Path text) throws IOException, SQLException {
    run("DROP TABLE IF EXISTS plain", "CREATE TABLE plain AS TABLE karat.customer_value LIMIT 0");
    long start = System.nanoTime();
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        InputStream in = new BufferedInputStream(Files.newInputStream(text), 1 << 16)) {
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY plain FROM STDIN", in);
    }
    print(round, "plain COPY, one connection", start);
    start = System.nanoTime();
    run("ALTER TABLE plain ADD PRIMARY KEY (customer_id, run_id)");
    for (String code : CODES) {
      run("CREATE INDEX ON plain (%s)".formatted(code));
    }
    run("ANALYZE plain");
    print(round, "plain key and indexes", start);
  }

  private void jdbc(int round) throws SQLException {
    run("DROP TABLE IF EXISTS plain", "CREATE TABLE plain AS TABLE karat.customer_value LIMIT 0");
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("driver", "org.postgresql.Driver");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("batchsize", "10000");
    properties.setProperty("numPartitions", Integer.toString(CONNECTIONS));
    long start = System.nanoTime();
    rows.write().mode(SaveMode.Append).jdbc(url, "plain", properties);
    print(round, "Spark's JDBC writer", start);
  }

  private void run(String... statements) throws SQLException {
    try (Database database =
        Database.of(
            DriverManager.getConnection(url, "postgres", ""),
            new ConnectionWatch(LivePostgres.USUAL, () -> true),
            LivePostgres.USUAL)) {
      database.run("SET search_path = public");
      for (String statement : statements) {
        database.run(statement);
      }
    }
  }

  private void print(int round, String step, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "round %d %-36s %8.1f s %,12.0f rows/s%n", round, step, seconds, customers / seconds);
  }

  /** Progress that prints the time of each stage of the mart. */
  private final class Laps implements Progress {
    private final int round;
    private long start;

    Laps(int round) {
      this.round = round;
    }

    @Override
    public void stage(String name) {
      start = System.nanoTime();
    }

    @Override
    public void done(String name) {
      print(round, name, start);
    }

    @Override
    public void done(String name, long rows) {
      print(round, name, start);
    }
  }
}
