package io.karat.prediction;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.indicators.ExtraMeasure;
import io.karat.prediction.PredictionFit.PastInputs;
import io.karat.run.SessionSettings;
import io.karat.settings.PredictionSettings.Challenger;
import io.karat.tables.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** A benchmark of predictions by number of customers; see scripts/bench/prediction. */
public final class PredictionBenchmark {
  private static final List<String> FEATURES =
      List.of(
          "recency_days",
          "tenure_days",
          "transaction_day_count_365d",
          "net_sales_amount_365d",
          "transaction_day_count_lifetime",
          "net_sales_amount_lifetime",
          "satisfaction_365d",
          "complaint_ratio_365d",
          "average_arrears_rate_365d",
          "gross_margin_365d",
          "return_rate_365d",
          "contact_count_365d");

  private final SparkSession spark;
  private final Path folder;
  private final PredictionPlan plan = PredictionFitTest.plan(FEATURES, "auto", Challenger.GBT);
  private long start = System.nanoTime();

  private PredictionBenchmark(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Arguments: a folder for data and output, the number of customers, the number of rounds. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("prediction benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.local.dir", folder.resolve("shuffles").toString());
    SessionSettings.apply(ZoneId.of("UTC"), builder);
    try (SparkSession spark = builder.getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      PredictionBenchmark benchmark = new PredictionBenchmark(spark, folder);
      long count = Long.parseLong(arguments[1]);
      Firm firm = new Firm(benchmark.customers(count));
      for (int round = 0; round <= Integer.parseInt(arguments[2]); round++) {
        benchmark.run(round, firm, count);
      }
    }
  }

  private void run(int round, Firm firm, long count) {
    lap(round, "begin");
    Money money = new Money(2);
    PredictionFit.Outcome fitted =
        PredictionFit.of(plan, money, PastFirm.AS_OF, count, firm, spark);
    PredictionModel model = fitted.model().orElseThrow();
    lap(round, "fitted and judged: %s".formatted(model.notes()));
    Path known = folder.resolve("known-" + count);
    if (!Files.exists(known.resolve("_SUCCESS"))) {
      firm.indicators(PastFirm.AS_OF, FEATURES).write().parquet(known.toString());
    }
    lap(round, "indicators of the night written");
    new PredictionScores(plan, money, Optional.of(model))
        .added(spark.read().parquet(known.toString()))
        .selectExpr(
            "customer_id",
            "purchase_probability_next_60d",
            "churn_probability_next_60d",
            "predicted_net_sales_amount_next_60d",
            "churn_main_reason_name")
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(folder.resolve("predicted").toString());
    lap(round, "customers predicted and written");
  }

  private void lap(int round, String step) {
    System.out.printf("round %d %7.1f s  %s%n", round, (System.nanoTime() - start) / 1e9, step);
    start = System.nanoTime();
  }

  /**
   * Customers with their days of sale, counted back from the night, at rates of their own from a
   * first day on until they leave.
   */
  private Dataset<Row> customers(long count) {
    Path path = folder.resolve("firm-" + count);
    if (!Files.exists(path.resolve("_SUCCESS"))) {
      spark
          .range(count)
          .selectExpr(
              "concat('C', id) AS customer_id",
              "id",
              "CAST(pmod(xxhash64(id, 'first'), 730) AS int) AS first",
              "8 + 120 * pmod(xxhash64(id, 'rate'), 1000) / 1000 AS interval_days",
              "pmod(xxhash64(id, 'stays'), 40) AS stays",
              "10 + pmod(xxhash64(id, 'amount'), 90) AS amount")
          .selectExpr(
              "customer_id",
              "id",
              "amount",
              "array_distinct(filter(transform(sequence(0, CAST(stays AS int)), i ->"
                  + " CAST(first - i * interval_days"
                  + " * (0.5 + pmod(xxhash64(id, i), 100) / 100) AS int)), d -> d >= 0)) AS days")
          .write()
          .parquet(path.toString());
    }
    return spark.read().parquet(path.toString());
  }

  /** A firm of such customers; other indicators are made up, and sometimes unknown. */
  private record Firm(Dataset<Row> customers) implements PastInputs {
    @Override
    public Dataset<Row> indicators(LocalDate day, List<String> names) {
      long before = ChronoUnit.DAYS.between(day, PastFirm.AS_OF);
      List<Column> columns = new ArrayList<>(List.of(expr("customer_id")));
      names.forEach(name -> columns.add(indicator(name, before).as(name)));
      return customers
          .filter("array_max(days) >= " + before)
          .select(columns.toArray(Column[]::new));
    }

    private static Column indicator(String name, long before) {
      String own = "filter(days, d -> d >= %d)".formatted(before);
      String lately = "filter(days, d -> d >= %d AND d < %d)".formatted(before, before + 365);
      return switch (name) {
        case "recency_days" -> expr("array_min(%s) - %d".formatted(own, before));
        case "tenure_days" -> expr("array_max(days) - " + before);
        case "transaction_day_count_365d" -> expr("CAST(size(%s) AS bigint)".formatted(lately));
        case "net_sales_amount_365d" ->
            expr("CAST(size(%s) * amount AS decimal(18,2))".formatted(lately));
        case "transaction_day_count_lifetime" -> expr("CAST(size(%s) AS bigint)".formatted(own));
        case "net_sales_amount_lifetime" ->
            expr("CAST(size(%s) * amount AS decimal(18,2))".formatted(own));
        default -> {
          Column made = expr("pmod(xxhash64(id, '%s', %d), 1000) / 1000".formatted(name, before));
          yield when(made.gt(0.4), made);
        }
      };
    }

    @Override
    public Dataset<Row> measures(List<ExtraMeasure> measures) {
      List<Column> columns = new ArrayList<>(List.of(expr("customer_id")));
      measures.forEach(measure -> columns.add(measure(measure).as(measure.column())));
      return customers.select(columns.toArray(Column[]::new));
    }

    private static Column measure(ExtraMeasure measure) {
      String own = "filter(days, d -> d >= %d)".formatted(measure.daysBefore());
      String size = "CAST(size(%s) AS bigint)".formatted(own);
      return switch (measure.measure()) {
        case "sale_occasion_count", "sale_spend_day_count" -> expr(size);
        case "first_sale_day" ->
            expr("date_sub(DATE'%s', array_max(%s))".formatted(PastFirm.AS_OF, own));
        case "last_sale_day" ->
            expr("date_sub(DATE'%s', array_min(%s))".formatted(PastFirm.AS_OF, own));
        case "return_amount" -> lit(0).cast("decimal(18,2)");
        case "first_sale_spend_amount" -> expr("CAST(amount AS decimal(18,2))");
        default -> expr("CAST(%s * amount AS decimal(18,2))".formatted(size));
      };
    }
  }
}
