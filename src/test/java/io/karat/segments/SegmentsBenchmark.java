package io.karat.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import com.sun.management.OperatingSystemMXBean;
import io.karat.indicators.IndicatorPlan;
import io.karat.run.SessionSettings;
import io.karat.scores.ScoreColumns;
import io.karat.scores.ScorePlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * A benchmark of fitting and assigning segments, beside the plain pipeline of MLlib over all rows;
 * see scripts/bench/segments.
 */
public final class SegmentsBenchmark {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 1);
  private static final int SEGMENTS = 6;
  private static final int STARTS = 10;
  private static final int ITERATIONS = 50;

  private static final List<String> FEATURES =
      List.of(
          "recency_days",
          "tenure_days",
          "transaction_count_365d",
          "transaction_day_count_365d",
          "return_count_365d",
          "sales_amount_365d",
          "net_sales_amount_365d",
          "return_amount_365d",
          "average_transaction_amount_365d",
          "maximum_transaction_amount_365d",
          "net_sales_amount_lifetime",
          "transaction_count_lifetime");

  private static final String CONFIGURATION =
      """
      inputs:
        transactions:
          path: unused
          columns: {customer_id: c, transaction_time: t, amount: a}
      clustering: {k: %d, features: {%s: 1}}
      """
          .formatted(SEGMENTS, String.join(": 1, ", FEATURES));

  private final SparkSession spark;
  private final Path folder;
  private final SegmentPlan plan;

  private SegmentsBenchmark(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
    this.plan = plan();
  }

  /** Arguments: a folder for the customers, the number of customers, the number of rounds. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("segments benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.local.dir", folder.resolve("shuffles").toString());
    SessionSettings.apply(ZoneId.of("UTC"), builder);
    try (SparkSession spark = builder.getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      SegmentsBenchmark benchmark = new SegmentsBenchmark(spark, folder);
      Dataset<Row> customers = benchmark.customers(Long.parseLong(arguments[1]));
      for (int round = 0; round <= Integer.parseInt(arguments[2]); round++) {
        benchmark.run(round, customers);
      }
    }
  }

  /** The engines alternate in going first; MLlib needs our features, so ours are fitted before. */
  private void run(int round, Dataset<Row> customers) {
    SegmentModel model = SegmentFitting.fit(plan, customers, NIGHT, List.of());
    if (round % 2 == 0) {
      ours(round, customers);
      mllib(round, customers, model);
    } else {
      mllib(round, customers, model);
      ours(round, customers);
    }
  }

  private void ours(int round, Dataset<Row> customers) {
    Clock clock = new Clock(round);
    SegmentModel model = SegmentFitting.fit(plan, customers, NIGHT, List.of());
    SegmentTables tables = new SegmentTables(plan, model);
    double cost =
        tables
                .assigned(customers, NIGHT)
                .agg(sum(col("`" + ScoreColumns.SQUARED_DISTANCE + "`")))
                .first()
                .getDouble(0)
            / Feature.UNIT
            / Feature.UNIT;
    clock.lap("fit and cost on all rows, cost %.1f".formatted(cost));
    tables
        .assigned(customers, NIGHT)
        .select("customer_id", ScoreColumns.SEGMENT_ID, ScoreColumns.SEGMENT_CONFIDENCE)
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
    clock.lap("assignment of all rows");
  }

  private void mllib(int round, Dataset<Row> customers, SegmentModel model) {
    Clock clock = new Clock(round);
    Column[] coordinates =
        model.features().stream()
            .map(it -> it.coordinate().divide((double) Feature.UNIT).as(it.name()))
            .toArray(Column[]::new);
    Dataset<Row> vectors =
        new VectorAssembler()
            .setInputCols(model.featureNames().toArray(String[]::new))
            .setOutputCol("assembled")
            .transform(customers.select(coordinates).na().drop());
    // Our features are scaled already, so both have the same distances.
    Dataset<Row> points =
        new StandardScaler()
            .setInputCol("assembled")
            .setOutputCol("features")
            .setWithMean(true)
            .setWithStd(false)
            .fit(vectors)
            .transform(vectors)
            .select("features")
            .persist(StorageLevel.MEMORY_AND_DISK());
    double cost =
        IntStream.range(0, STARTS)
            .mapToDouble(
                start -> {
                  KMeansModel found =
                      new org.apache.spark.ml.clustering.KMeans()
                          .setK(SEGMENTS)
                          .setMaxIter(ITERATIONS)
                          .setSeed(start)
                          .fit(points);
                  return found.summary().trainingCost();
                })
            .min()
            .orElseThrow();
    points.unpersist(true);
    clock.lap("MLlib: fit and cost on all rows, cost %.1f".formatted(cost));
  }

  /** Customers of five kinds, generated from their number. */
  private Dataset<Row> customers(long count) {
    Path path = folder.resolve("customers-" + count);
    if (!Files.exists(path.resolve("_SUCCESS"))) {
      Column kind = pmod(xxhash64(col("id"), lit("kind")), lit(5L));
      Column[] columns =
          FEATURES.stream().map(name -> made(name, kind).as(name)).toArray(Column[]::new);
      spark
          .range(count)
          .select(
              Stream.concat(
                      Stream.of(concat(lit("C"), col("id").cast("string")).as("customer_id")),
                      Arrays.stream(columns))
                  .toArray(Column[]::new))
          .write()
          .parquet(path.toString());
    }
    return spark.read().parquet(path.toString());
  }

  private static Column made(String name, Column kind) {
    Column share = pmod(xxhash64(col("id"), lit(name)), lit(1_000_003L)).divide(1_000_003.0);
    Column shift = pmod(xxhash64(kind, lit(name)), lit(5L));
    Column skewed = exp(shift.plus(share.multiply(2)));
    if (name.endsWith("_days")) {
      return shift.multiply(100).plus(share.multiply(150)).cast("int");
    }
    return name.contains("count")
        ? skewed.cast("bigint")
        : skewed.multiply(10).cast(name.startsWith("average") ? "decimal(38,6)" : "decimal(38,2)");
  }

  private static SegmentPlan plan() {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read("karat.yaml", CONFIGURATION, Map.of(), List.of(), problems);
    ScorePlan plan = ScorePlan.of(settings, IndicatorPlan.of(settings, problems), problems);
    problems.throwIfAny();
    return SegmentPlan.of(plan).orElseThrow();
  }

  /** Seconds of wall clock and processor time since the lap before. */
  private static final class Clock {
    private final int round;
    private long wall = System.nanoTime();
    private long processor = processor();

    Clock(int round) {
      this.round = round;
    }

    void lap(String step) {
      System.out.printf(
          "round %d %-60s %7.1f s, %7.1f s of processor%n",
          round, step, (System.nanoTime() - wall) / 1e9, (processor() - processor) / 1e9);
      wall = System.nanoTime();
      processor = processor();
    }

    private static long processor() {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }
  }
}
