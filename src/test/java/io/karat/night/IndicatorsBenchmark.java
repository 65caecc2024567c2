package io.karat.night;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.karat.run.SessionSettings;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Benchmark of the indicators of one night: Karat, plain Spark SQL and DuckDB, in turn, on the same
 * files and cores. Each writes its table as Parquet, and the tables are compared.
 */
final class IndicatorsBenchmark {
  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final int DAYS = 365;
  private static final List<String> TABLES = List.of("transactions", "payments", "contacts");
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final String CONFIGURATION =
      """
      inputs:
        transactions:
          path: '%1$s/transactions'
          columns: {customer_id: customer_id, transaction_time: transaction_time, amount: amount,
                    type: type, cost: cost, due_date: due_date}
        payments:
          path: '%1$s/payments'
          columns: {customer_id: customer_id, payment_time: payment_time, amount: amount, type: type}
        contacts:
          path: '%1$s/contacts'
          columns: {customer_id: customer_id, contact_time: contact_time, type: type,
                    satisfaction: satisfaction, cost: cost}
      # What models of lifetime value measure is not in the SQL of the others either.
      lifetime_value: false
      """;

  private final Path data;
  private final Path output;
  private final LocalDate asOf;
  private final SparkSession spark;
  private final Connection duckdb;

  private IndicatorsBenchmark(
      Path data, Path output, LocalDate asOf, SparkSession spark, Connection duckdb) {
    this.data = data;
    this.output = output;
    this.asOf = asOf;
    this.spark = spark;
    this.duckdb = duckdb;
  }

  /**
   * Runs the benchmark. Arguments: the folder of the data, a folder for output, the as-of day, the
   * number of rounds after the warm-up round, and the engines, such as {@code karat,spark,duckdb}.
   */
  public static void main(String[] arguments) throws Exception {
    Path output = Path.of(arguments[1]);
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("indicators benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.local.dir", output.resolve("shuffles").toString())
            .config("spark.shuffle.sort.bypassMergeThreshold", "1")
            // Two engines share one process: neither shall compile its classes anew in each round.
            .config("spark.sql.codegen.cache.maxEntries", "2000")
            .config("spark.sql.sources.parallelPartitionDiscovery.threshold", "5000");
    SessionSettings.apply(ZONE, builder);
    try (SparkSession spark = builder.getOrCreate();
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      spark.sparkContext().setLogLevel("ERROR");
      new IndicatorsBenchmark(
              Path.of(arguments[0]), output, LocalDate.parse(arguments[2]), spark, duckdb)
          .run(Integer.parseInt(arguments[3]), List.of(arguments[4].split(",")));
    }
  }

  private void run(int rounds, List<String> engines) throws Exception {
    prepare();
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (String engine : engines) {
        double cpu = PROCESS.getProcessCpuTime() / 1e9;
        double start = System.nanoTime() / 1e9;
        compute(engine);
        double took = System.nanoTime() / 1e9 - start;
        System.out.printf(
            Locale.ROOT,
            "%s %-7s %6.1f s, %6.1f s of processor%n",
            round == 0 ? "warm-up" : "round " + round,
            engine,
            took,
            PROCESS.getProcessCpuTime() / 1e9 - cpu);
        if (round > 0) {
          seconds.computeIfAbsent(engine, it -> new ArrayList<>()).add(took);
        }
      }
    }
    engines.stream()
        .filter(engine -> !engine.equals(engines.get(0)))
        .forEach(engine -> compare(engines.get(0), engine));
    report(seconds);
  }

  private void prepare() throws IOException, SQLException {
    Files.createDirectories(output);
    for (String table : TABLES) {
      String folder = data.resolve(table).toString();
      spark.read().parquet(folder).createOrReplaceTempView(table);
      execute(
          "CREATE VIEW %s AS SELECT * FROM read_parquet('%s/*/*.parquet')"
              .formatted(table, folder));
    }
    execute("SET threads = 2");
    execute("SET TimeZone = 'UTC'");
    execute("SET memory_limit = '8GB'");
    execute("SET temp_directory = '%s'".formatted(output.resolve("duckdb.tmp")));
    execute("CREATE MACRO days_between(a, b) AS (a - b)");
    execute("CREATE MACRO ratio(a, b) AS CASE WHEN b > 0 THEN ROUND(a :: DOUBLE / b, 6) END");
    spark.sql(
        "CREATE OR REPLACE TEMPORARY FUNCTION days_between(a DATE, b DATE) RETURNS INT"
            + " RETURN DATEDIFF(a, b)");
    spark.sql(
        "CREATE OR REPLACE TEMPORARY FUNCTION ratio(a DECIMAL(38,6), b DECIMAL(38,6))"
            + " RETURNS DECIMAL(38,6) RETURN CASE WHEN b > 0 THEN a / b END");
  }

  private void compute(String engine) throws IOException, SQLException {
    switch (engine) {
      case "karat" -> karat();
      case "spark" -> plainSpark();
      case "duckdb" ->
          execute(
              "COPY (%s) TO '%s' (FORMAT parquet, OVERWRITE_OR_IGNORE)"
                  .formatted(sql(), output.resolve("duckdb.parquet")));
      default -> throw new IllegalArgumentException("Unknown engine " + engine);
    }
  }

  /** Runs the SQL with Spark's default plans and generated code. */
  private void plainSpark() throws IOException {
    spark.conf().set("spark.sql.execution.combineAdjacentAggregation", "false");
    spark.conf().set("spark.sql.codegen.aggregate.map.twolevel.enabled", "true");
    spark.sql(sql()).write().mode(SaveMode.Overwrite).parquet(table("spark"));
    spark.conf().unset("spark.sql.execution.combineAdjacentAggregation");
    SessionSettings.of(ZONE).forEach(spark.conf()::set);
  }

  /** Computes indicators from the inputs with the classes of the nightly run. */
  private void karat() throws IOException {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read(
            "bench.yaml", CONFIGURATION.formatted(data), Map.of(), List.of(), problems);
    NightPlan plan = NightPlan.of(settings, problems);
    problems.throwIfAny();
    InputReading reading = InputReading.of(plan, plan.sources(asOf, spark), asOf, spark);
    Dataset<Row> stored = reading.stored();
    stored
        .write()
        .options(NightTables.WITHOUT_DICTIONARY)
        .mode(SaveMode.Overwrite)
        .parquet(table("measures"));
    NightInput input =
        reading.input(spark.read().schema(stored.schema()).parquet(table("measures")));
    plan.indicators()
        .compute(input.measures(), asOf)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(table("karat"));
  }

  private String sql() throws IOException {
    LocalDate first = asOf.minusDays(DAYS - 1L);
    LocalDate firstMonth = first.getDayOfMonth() == 1 ? first : first.plusMonths(1);
    LocalDate lastMonth = asOf.plusDays(1).getDayOfMonth() == 1 ? asOf : asOf.minusMonths(1);
    try (InputStream file =
        Objects.requireNonNull(getClass().getResourceAsStream("/io/karat/bench/indicators.sql"))) {
      return new String(file.readAllBytes(), UTF_8)
          .replace("%T", asOf.toString())
          .replace("%U", asOf.plusDays(1).toString())
          .replace("%W", first.toString())
          .replace("%F", month(firstMonth))
          .replace("%L", month(lastMonth));
    }
  }

  private static String month(LocalDate day) {
    return Integer.toString(12 * day.getYear() + day.getMonthValue());
  }

  /**
   * Compares the columns that both tables have; only Karat has the two largest transactions. Sums
   * and counts are equal to the last digit, ratios to within 1.5 millionths.
   */
  private void compare(String one, String other) {
    try (Statement statement = duckdb.createStatement()) {
      List<String> columns = columns(one, statement);
      columns.retainAll(columns(other, statement));
      StringBuilder differs = new StringBuilder("a.customer_id IS NULL OR b.customer_id IS NULL");
      for (String column : columns) {
        String difference =
            column.endsWith("_date")
                ? "a.%1$s IS DISTINCT FROM b.%1$s"
                : "(a.%1$s IS NULL) <> (b.%1$s IS NULL) OR ABS(a.%1$s :: DOUBLE - b.%1$s :: DOUBLE)"
                    + " > 1.5e-6 * GREATEST(1, ABS(a.%1$s :: DOUBLE) * 1e-6)";
        if (!column.equals("customer_id")) {
          differs.append(" OR ").append(difference.formatted(column));
        }
      }
      String query =
          "SELECT COUNT(*), COUNT(*) FILTER (%s) FROM %s a FULL JOIN %s b ON a.customer_id = b.customer_id"
              .formatted(differs, parquet(one), parquet(other));
      try (ResultSet counts = statement.executeQuery(query)) {
        counts.next();
        System.out.printf(
            Locale.ROOT,
            "%s and %s: %,d customers, %,d differ in any of %d columns%n",
            one,
            other,
            counts.getLong(1),
            counts.getLong(2),
            columns.size());
        if (counts.getLong(2) > 0) {
          throw new IllegalStateException("The answers differ: the figures compare nothing.");
        }
      }
    } catch (SQLException error) {
      throw new IllegalStateException(error);
    }
  }

  private List<String> columns(String engine, Statement statement) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet described =
        statement.executeQuery("DESCRIBE SELECT * FROM " + parquet(engine))) {
      while (described.next()) {
        columns.add(described.getString(1));
      }
    }
    return columns;
  }

  private static void report(Map<String, List<Double>> seconds) {
    Map<String, Double> medians = new LinkedHashMap<>();
    seconds.forEach(
        (engine, taken) ->
            medians.put(engine, taken.stream().sorted().toList().get(taken.size() / 2)));
    medians.forEach(
        (engine, median) -> {
          double first = medians.values().iterator().next();
          System.out.printf(
              Locale.ROOT, "median %-7s %6.1f s, %.2f times%n", engine, median, median / first);
        });
  }

  private String parquet(String engine) {
    return engine.equals("duckdb")
        ? "read_parquet('%s')".formatted(output.resolve("duckdb.parquet"))
        : "read_parquet('%s/*.parquet')".formatted(table(engine));
  }

  private String table(String name) {
    return output.resolve(name).toString();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(sql);
    }
  }
}
