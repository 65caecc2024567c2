package io.karat.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.management.OperatingSystemMXBean;
import io.karat.run.SessionSettings;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Benchmark of the indicators of one night: Karat, plain Spark SQL and DuckDB, in turn, on the same
 * files and cores. Each writes its table as Parquet, and the tables are compared.
 */
final class IndicatorsBenchmark {
  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final int DAYS = 365;
  private static final String DAY_COUNT = ", COUNT\\(DISTINCT [^\n]*\n";
  private static final List<String> TABLES = List.of("transactions", "payments", "contacts");
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final String TRANSACTIONS =
      """
      inputs:
        transactions:
          path: '%1$s/transactions'
          columns: {customer_id: customer_id, transaction_time: transaction_time, amount: amount,
                    type: type}
      indicators: {windows: [90d, 365d, lifetime]}
      lifetime_value: false
      """;
  private static final List<Integer> WINDOWS = List.of(90, 365);
  private static final List<String> COLUMNS =
      List.of(
          "transaction_count",
          "sales_amount",
          "return_amount",
          "return_count",
          "maximum_transaction_amount",
          "transaction_day_count");
  private static final String ALL =
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
  private final boolean hasAll;
  private final LocalDate asOf;
  private final SparkSession spark;
  private final Connection duckdb;
  private final Map<String, StateBefore> before = new HashMap<>();

  private IndicatorsBenchmark(
      Path data,
      Path output,
      boolean hasAll,
      LocalDate asOf,
      SparkSession spark,
      Connection duckdb) {
    this.data = data;
    this.output = output;
    this.hasAll = hasAll;
    this.asOf = asOf;
    this.spark = spark;
    this.duckdb = duckdb;
  }

  /**
   * Runs the benchmark. Arguments: the folder of the data, a folder for output, the as-of day, the
   * number of rounds after the warm-up round, the engines, such as {@code karat,spark,duckdb}, and
   * the inputs, {@code all} or {@code transactions}.
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
              Path.of(arguments[0]),
              output,
              arguments[5].equals("all"),
              LocalDate.parse(arguments[2]),
              spark,
              duckdb)
          .run(Integer.parseInt(arguments[3]), List.of(arguments[4].split(",")));
    }
  }

  private void run(int rounds, List<String> engines) throws Exception {
    prepare();
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (String engine : engines) {
        if (engine.startsWith("incremental")) {
          before.computeIfAbsent(engine, it -> nights(it).before(asOf, it));
        }
        double cpu = PROCESS.getProcessCpuTime() / 1e9;
        double start = System.nanoTime() / 1e9;
        compute(engine);
        double took = System.nanoTime() / 1e9 - start;
        System.out.printf(
            Locale.ROOT,
            "%s %-20s %6.1f s, %6.1f s of processor, resident until now %s%n",
            round == 0 ? "warm-up" : "round " + round,
            engine,
            took,
            PROCESS.getProcessCpuTime() / 1e9 - cpu,
            mostMemory());
        if (round > 0) {
          seconds.computeIfAbsent(engine, it -> new ArrayList<>()).add(took);
        }
      }
    }
    engines.stream()
        .filter(engine -> !engine.equals(engines.get(0)))
        .forEach(engine -> compare(engines.get(0), engine));
    report(seconds);
    for (String engine : before.keySet()) {
      reportState(engine);
    }
  }

  /** The bytes of the state that the last night of an engine left, by day of a customer. */
  private void reportState(String engine) throws IOException, SQLException {
    long bytes = nights(engine).stateBytes();
    long days = 0;
    for (String table : hasAll ? TABLES : TABLES.subList(0, 1)) {
      String time = table.substring(0, table.length() - 1) + "_time";
      try (Statement statement = duckdb.createStatement();
          ResultSet count =
              statement.executeQuery(
                  "SELECT COUNT(*) FROM (SELECT DISTINCT customer_id, CAST(%s AS DATE) FROM %s)"
                      .formatted(time, table))) {
        count.next();
        days += count.getLong(1);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: state of %,d bytes for %,d days of customers, %.1f each%n",
        engine,
        bytes,
        days,
        (double) bytes / days);
  }

  /** The most memory that the process, with all engines in it, has had; unknown beside Linux. */
  private static String mostMemory() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM"))
          .map(line -> line.replaceAll("VmHWM:\\s*", ""))
          .collect(joining());
    }
  }

  private void prepare() throws IOException, SQLException {
    Files.createDirectories(output);
    for (String table : hasAll ? TABLES : TABLES.subList(0, 1)) {
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
      case "karat" -> nights(engine).whole(asOf, engine);
      case "incremental", "incremental-unproved" ->
          nights(engine).incremental(asOf, Objects.requireNonNull(before.get(engine)), engine);
      case "spark" -> plainSpark();
      case "duckdb" -> duckdb(engine, sql());
      case "duckdb-without-days" -> duckdb(engine, sql().replaceAll(DAY_COUNT, ""));
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

  private void duckdb(String engine, String sql) throws SQLException {
    execute(
        "COPY (%s) TO '%s' (FORMAT parquet, OVERWRITE_OR_IGNORE)"
            .formatted(sql, output.resolve(engine + ".parquet")));
  }

  /** Nights with the classes of the nightly run; unproved ones read the new day and no other. */
  private BenchmarkNights nights(String engine) {
    return new BenchmarkNights(
        (hasAll ? ALL : TRANSACTIONS).formatted(data),
        engine.endsWith("unproved") ? List.of("checks.recompute_share=0") : List.of(),
        hasAll ? List.of() : columnsOfTransactions(),
        output.resolve(engine + "-night"),
        output,
        spark);
  }

  /** What an analyst asks of transactions alone, over windows and the lifetime. */
  private String sqlOfTransactions() {
    StringBuilder sql = new StringBuilder("SELECT customer_id");
    for (int days : WINDOWS) {
      sql.append(ofWindow(days + "d", "d >= DATE '%s' AND ".formatted(asOf.minusDays(days - 1L))));
    }
    return sql.append(ofWindow("lifetime", ""))
        .append(", MIN(CASE WHEN type = 'SALE' THEN d END) AS first_sale_date")
        .append(", MAX(CASE WHEN type = 'SALE' THEN d END) AS last_sale_date")
        .append(
            " FROM (SELECT *, CAST(transaction_time AS DATE) AS d FROM transactions) AS all_days")
        .append(" WHERE d <= DATE '%s' GROUP BY customer_id".formatted(asOf))
        .toString();
  }

  private static List<String> columnsOfTransactions() {
    List<String> columns = new ArrayList<>();
    for (String suffix : List.of("90d", "365d", "lifetime")) {
      COLUMNS.forEach(name -> columns.add(name + "_" + suffix));
    }
    columns.addAll(List.of("first_sale_date", "last_sale_date"));
    return columns;
  }

  private static String ofWindow(String suffix, String isIn) {
    return """
        , COUNT(CASE WHEN %2$stype = 'SALE' THEN 1 END) AS transaction_count_%1$s
        , SUM(CASE WHEN %2$stype = 'SALE' THEN amount ELSE 0 END) AS sales_amount_%1$s
        , SUM(CASE WHEN %2$stype = 'RETURN' THEN amount ELSE 0 END) AS return_amount_%1$s
        , COUNT(CASE WHEN %2$stype = 'RETURN' THEN 1 END) AS return_count_%1$s
        , MAX(CASE WHEN %2$stype = 'SALE' THEN amount END) AS maximum_transaction_amount_%1$s
        , COUNT(DISTINCT CASE WHEN %2$stype = 'SALE' THEN d END) AS transaction_day_count_%1$s
        """
        .formatted(suffix, isIn);
  }

  private String sql() throws IOException {
    if (!hasAll) {
      return sqlOfTransactions();
    }

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
              Locale.ROOT, "median %-20s %6.1f s, %.2f times%n", engine, median, median / first);
        });
  }

  private String parquet(String engine) {
    return engine.startsWith("duckdb")
        ? "read_parquet('%s')".formatted(output.resolve(engine + ".parquet"))
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
