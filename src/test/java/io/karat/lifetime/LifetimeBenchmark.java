package io.karat.lifetime;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.karat.run.SessionSettings;
import io.karat.settings.LifetimeSettings;
import io.karat.tables.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** A benchmark of lifetime value by number of customers; see scripts/bench/lifetime. */
public final class LifetimeBenchmark {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 1);
  private static final int DAYS = 1_095;

  private final SparkSession spark;
  private final Path folder;
  private final LifetimeSettings settings = LifetimeSettings.builtIn();
  private final PurchaseColumns columns = new PurchaseColumns(settings.occasion(), 0);
  private long start = System.nanoTime();

  private LifetimeBenchmark(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Arguments: a folder for data and output, the number of customers, the number of rounds. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("lifetime benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.local.dir", folder.resolve("shuffles").toString());
    SessionSettings.apply(ZoneId.of("UTC"), builder);
    try (SparkSession spark = builder.getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      LifetimeBenchmark benchmark = new LifetimeBenchmark(spark, folder);
      long count = Long.parseLong(arguments[1]);
      Dataset<Row> customers = benchmark.customers(count);
      for (int round = 0; round <= Integer.parseInt(arguments[2]); round++) {
        benchmark.run(round, customers, count);
      }
    }
  }

  private void run(int round, Dataset<Row> customers, long count) {
    lap(round, "begin");
    FitData buyers = FitData.of(customers, columns, NIGHT, count);
    lap(round, "%,d distinct histories counted".formatted(buyers.histories().size()));
    for (PurchaseFamily family : PurchaseFamily.AT_RANDOM) {
      PurchaseHistories histories =
          family == PurchaseFamily.PARETONBD ? buyers.some() : buyers.histories();
      MaximumLikelihood.Maximum fit = MaximumLikelihood.of(family.likelihood(histories));
      lap(round, "%s fitted: %s".formatted(family.word(), fit.parameters()));
    }
    LifetimeModel model =
        LifetimeFit.of(settings, new Money(2), NIGHT, buyers, (days, choice) -> BackTests.NONE)
            .model()
            .orElseThrow();
    lap(round, "a model as a night fits it, without its back-test");
    new LifetimeScores(settings, new Money(2))
        .rows(customers, Optional.of(model), NIGHT)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(folder.resolve("scored").toString());
    lap(round, "customers scored and written");
  }

  private void lap(int round, String step) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("round %d %7.1f s  %s%n", round, seconds, step);
    start = System.nanoTime();
  }

  /** Customers simulated from the BG/NBD, with the measures that a night computes. */
  private Dataset<Row> customers(long count) {
    Path path = folder.resolve("customers-" + count);
    if (!Files.exists(path.resolve("_SUCCESS"))) {
      spark
          .range(count)
          .select(
              concat(lit("C"), col("id").cast("string")).as("customer_id"),
              udf(new Simulated(), DataTypes.createArrayType(DataTypes.IntegerType))
                  .apply(col("id"))
                  .as("it"))
          .select(
              col("customer_id"),
              col("it").getItem(0).cast("bigint").as("sale_occasion_count_lifetime"),
              date_add(lit(NIGHT), col("it").getItem(1)).as("first_sale_day_lifetime"),
              date_add(lit(NIGHT), col("it").getItem(2)).as("last_sale_day_lifetime"),
              col("it").getItem(0).cast("bigint").as("sale_spend_day_count_lifetime"),
              col("it").getItem(3).cast("decimal(38,2)").as("sale_spend_amount_lifetime"),
              col("it").getItem(4).cast("decimal(38,2)").as("first_sale_spend_amount_lifetime"))
          .write()
          .parquet(path.toString());
    }
    return spark.read().parquet(path.toString());
  }

  /** Occasions, days from the night back to the first and the last, all sales, the first sale. */
  private record Simulated() implements UDF1<Long, List<Integer>> {
    @Override
    public List<Integer> call(Long id) {
      RandomGenerator chance = new Well19937c(id);
      double rate = new GammaDistribution(chance, 0.6, 1 / 40.0).sample();
      double leaving = new BetaDistribution(chance, 0.8, 3).sample();
      double spend = 20 / new GammaDistribution(chance, 4, 1.0).sample();
      int age = chance.nextInt(DAYS);
      int occasions = 1;
      int last = 0;
      int first = 1 + (int) (spend * chance.nextDouble() * 12);
      int total = first;
      double next = 1 - Math.log1p(-chance.nextDouble()) / rate;
      while (next <= age) {
        occasions++;
        last = (int) next;
        total += 1 + (int) (spend * chance.nextDouble() * 12);
        next =
            chance.nextDouble() < leaving
                ? Double.POSITIVE_INFINITY
                : next + 1 - Math.log1p(-chance.nextDouble()) / rate;
      }
      return List.of(occasions, -age, last - age, total, first);
    }
  }
}
