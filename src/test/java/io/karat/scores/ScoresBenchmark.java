package io.karat.scores;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import com.sun.management.OperatingSystemMXBean;
import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.run.SessionSettings;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** A benchmark of scores by number of customers, step by step; see scripts/bench/scores. */
public final class ScoresBenchmark {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 1);

  private static final String INPUTS =
      """
      inputs:
        transactions:
          path: unused
          columns: {customer_id: c, transaction_time: t, amount: a, cost: k, due_date: d}
        payments:
          path: unused
          columns: {customer_id: c, payment_time: t, amount: a}
        contacts:
          path: unused
          columns: {customer_id: c, contact_time: t, type: y, satisfaction: s, cost: k}
      clustering: false
      """;

  private final SparkSession spark;
  private final Path folder;
  private final ScorePlan plan;

  private ScoresBenchmark(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
    this.plan = plan();
  }

  /** Arguments: a folder for data and output, the number of customers, the number of rounds. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("scores benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.shuffle.sort.bypassMergeThreshold", "1")
            .config("spark.local.dir", folder.resolve("shuffles").toString());
    SessionSettings.apply(ZoneId.of("UTC"), builder);
    try (SparkSession spark = builder.getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      ScoresBenchmark benchmark = new ScoresBenchmark(spark, folder);
      Dataset<Row> customers = benchmark.customers(Long.parseLong(arguments[1]));
      for (int round = 0; round <= Integer.parseInt(arguments[2]); round++) {
        benchmark.run(round, customers);
      }
    }
  }

  private void run(int round, Dataset<Row> customers) {
    Clock clock = new Clock(round);
    CutModel cuts = CutFitting.fit(plan, customers, NIGHT, List.of());
    clock.lap("cuts");
    Dataset<Row> scored = saved(new Scores(plan, cuts).scored(customers), "scored");
    clock.lap("scores");
    ScoreTables tables = new ScoreTables(plan, cuts, scored);
    Dataset<Row> value = saved(tables.customerValue(Optional.empty()), "value");
    clock.lap("customer_value");
    saved(tables.customerValue(Optional.of(value)), "again");
    clock.lap("customer_value beside the night before");
    saved(tables.contributions(List.of()), "contributions");
    clock.lap("value_contributions");
    saved(tables.levels(MarketSources.NONE).coverage(), "levels");
    clock.lap("tables of levels");
    tables.concentration(tables.ranked().of(tables.scored()));
    clock.lap("concentration");
    clock.total();
  }

  private Dataset<Row> saved(Dataset<Row> rows, String name) {
    String path = folder.resolve(name).toString();
    rows.write().mode(SaveMode.Overwrite).parquet(path);
    return spark.read().schema(rows.schema()).parquet(path);
  }

  /** Customers with every indicator that the default models use, generated from their number. */
  private Dataset<Row> customers(long count) {
    Path path = folder.resolve("customers-" + count);
    if (!Files.exists(path.resolve("_SUCCESS"))) {
      List<Column> columns = new ArrayList<>();
      columns.add(concat(lit("C"), col("id").cast("string")).as("customer_id"));
      plan.columns().forEach(column -> columns.add(made(column).as(column.name())));
      spark.range(count).select(columns.toArray(Column[]::new)).write().parquet(path.toString());
    }
    return spark.read().parquet(path.toString());
  }

  /** A column as skewed as real ones: many zeros and small numbers, few large ones. */
  private static Column made(IndicatorColumn column) {
    Column even = pmod(xxhash64(col("id"), lit(column.name())), lit(1_000_003L));
    Column share = even.cast("double").divide(1_000_003);
    Column skewed =
        when(share.lt(0.2), lit(0.0)).otherwise(lit(1.0).divide(lit(1.0001).minus(share)));
    return switch (column.indicator().unit()) {
      case MONEY -> skewed.multiply(100).cast("decimal(18,2)");
      case COUNT -> abs(skewed).cast("bigint");
      case DAYS -> share.multiply(730).cast("int");
      case SHARE, NUMBER -> share.cast("decimal(18,6)");
      case DATE, TEXT, FLAG -> lit(null).cast("string");
    };
  }

  private static ScorePlan plan() {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read("karat.yaml", INPUTS, Map.of(), List.of(), problems);
    ScorePlan plan = ScorePlan.of(settings, IndicatorPlan.of(settings, problems), problems);
    problems.throwIfAny();
    return plan;
  }

  /** Seconds of wall clock and processor time since the lap before. */
  private static final class Clock {
    private final int round;
    private long wall = System.nanoTime();
    private long processor = processor();
    private double seconds;

    Clock(int round) {
      this.round = round;
    }

    void lap(String step) {
      double elapsed = (System.nanoTime() - wall) / 1e9;
      double used = (processor() - processor) / 1e9;
      seconds += elapsed;
      System.out.printf(
          "round %d %-40s %7.1f s, %7.1f s of processor%n", round, step, elapsed, used);
      wall = System.nanoTime();
      processor = processor();
    }

    void total() {
      System.out.printf("round %d %-40s %7.1f s%n", round, "all", seconds);
    }

    private static long processor() {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }
  }
}
