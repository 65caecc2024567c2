package io.karat.night;

import static io.karat.night.ToyFirm.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karat.input.InputBalance;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.ReleaseAudit;
import io.karat.publishing.RunLock;
import io.karat.report.RunRecord;
import io.karat.run.SessionSettings;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import io.karat.testing.LocalSpark;
import io.karat.testing.OutputFolders;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of nights of a real gift wholesaler, against answers that were computed independently. */
@Tag("long")
@ExtendWith(LocalSpark.class)
class OnlineRetailTest {
  private static final Path DATA =
      Path.of(System.getProperty("karat.data", "../shared/data")).toAbsolutePath().normalize();
  private static final List<String> NIGHTS = List.of("2011-06-30", "2011-12-02", "2011-12-09");

  @TempDir private static Path output;
  private static SparkSession spark;
  private static List<NightResult> nights = List.of();

  @BeforeAll
  static void publishSomeNights(SparkSession shared) throws IOException {
    assumeTrue(Files.isDirectory(DATA), () -> "There is no real data: " + DATA + " is absent");
    NightPlan plan = plan();
    spark = shared.newSession();
    SessionSettings.of(plan.settings().timeZone()).forEach(spark.conf()::set);
    List<NightResult> published = new ArrayList<>();
    for (String night : NIGHTS) {
      published.add(job(plan).run(LocalDate.parse(night), false));
    }
    nights = published;
  }

  @Test
  void theLastNightOfTheDataIsRight() {
    assertRight("2011-12-10", nights.get(2));
  }

  @Test
  void aNightInSummerIsRight() {
    assertRight("2011-07-01", nights.get(0));
  }

  @Test
  void everyLineIsAccountedFor() {
    InputBalance balance = nights.get(2).balance().orElseThrow();

    assertTrue(balance.holds());
    assertEquals(541_909, balance.read().rows());
    assertEquals(135_080, balance.excluded().rows());
    assertEquals(406_829, balance.used().rows());
    assertEquals(0, balance.afterAsOf().rows() + balance.quarantined().rows());
    assertEquals(
        "541909 | 406829 | 135080 | 0 | 0 | 0\n",
        text(
            table("runs").where("as_of_date = DATE '2011-12-09'"),
            "rows_read",
            "rows_used",
            "rows_excluded",
            "rows_after_as_of",
            "rows_quarantined",
            "rows_duplicate"));
  }

  @Test
  void theHistoryHasEveryNightAndRollbackTakesTheLastOneAway() throws IOException {
    String all =
        text(
            table("customer_value_history")
                .groupBy("as_of_date")
                .agg(Map.of("run_id", "max", "customer_id", "count")),
            "as_of_date",
            "`max(run_id)`",
            "`count(customer_id)`");
    List<String> lines = nights.stream().map(OnlineRetailTest::line).toList();
    assertEquals(String.join("", lines), all);
    OutputFolder out = folder();
    assertEquals(NIGHTS.size(), out.status().releases().size());

    try (RunLock lock = out.lock("rollback")) {
      out.rollBack(Optional.empty(), new ReleaseAudit(spark, out), lock);
    }
    try {
      assertEquals("2011-12-02", out.current().orElseThrow().asOf().toString());
      assertEquals(
          "2\n",
          text(
              table("customer_value_history").select("as_of_date").distinct().groupBy().count(),
              "*"));
      assertFalse(out.head().nights().containsKey(LocalDate.parse("2011-12-09")));
    } finally {
      try (RunLock lock = out.lock("publish")) {
        out.publish(nights.get(2).run().id(), new ReleaseAudit(spark, out), lock);
      }
    }
    assertEquals("2011-12-09", out.current().orElseThrow().asOf().toString());
  }

  /**
   * The same from the lines themselves; a line of a customer before its first sale counts nowhere.
   */
  @Test
  void cohortsAreThoseOfTheLines() {
    Dataset<Row> lines =
        spark
            .read()
            .parquet(DATA + "/online_retail/transactions")
            .where("CustomerID IS NOT NULL AND InvoiceDate < '2011-12-10'")
            .selectExpr(
                "CustomerID",
                "date_trunc('MONTH', InvoiceDate) AS month",
                "NOT (InvoiceNo LIKE 'C%' OR Quantity < 0) AS is_sale",
                "Quantity * UnitPrice AS net");
    lines.createOrReplaceTempView("lines");
    Dataset<Row> expected =
        spark.sql(
            """
            WITH first AS (
              SELECT CustomerID, min(month) AS cohort FROM lines WHERE is_sale GROUP BY CustomerID)
            SELECT CAST(cohort AS DATE) AS cohort_month,
              CAST(months_between(month, cohort) AS INT) AS months_since,
              count(DISTINCT IF(is_sale, CustomerID, NULL)) AS retained,
              CAST(sum(net) AS DECIMAL(38, 6)) AS net
            FROM lines JOIN first USING (CustomerID)
            WHERE month >= cohort GROUP BY ALL\
            """);

    assertEquals(
        text(expected, "cohort_month", "months_since", "retained", "net"),
        text(
            release(nights.get(2), "cohorts")
                .where("retained_customer_count > 0 OR net_sales_amount <> 0"),
            "cohort_month",
            "months_since",
            "retained_customer_count",
            "net_sales_amount"));
  }

  /** The concentration of net sales over all customers, including those with negative net sales. */
  @Test
  void salesAreAsConcentratedAsTheyAre() {
    assertEquals("0.710684 | 0.677922\n", concentration(nights.get(0)));
    assertEquals("0.738471 | 0.709284\n", concentration(nights.get(2)));
  }

  private static String concentration(NightResult night) {
    return text(
        release(night, "concentration")
            .where("percent = 20 AND indicator = 'net_sales_amount_lifetime'"),
        "cast(amount_share AS decimal(18,6))",
        "cast(gini AS decimal(18,6))");
  }

  /**
   * 12346 bought for 77,183.60 and 16446 for 168,469.60, and both returned everything on the same
   * day: their net sales are 0, so no single sale can dominate them and they are not large.
   */
  @Test
  void whoGaveEverythingBackIsNeitherLargeNorAOneOff() {
    String last =
        text(
            release(nights.get(2), "customer_value").where("customer_id IN ('12346', '16446')"),
            "customer_id",
            "customer_class",
            "is_one_off");
    assertEquals("12346 | SMALL | false\n16446 | SMALL | false\n", last);
    String summer =
        text(
            release(nights.get(0), "customer_value").where("customer_id IN ('12346', '16446')"),
            "customer_id",
            "customer_class",
            "is_one_off");
    assertEquals("12346 | SMALL | false\n16446 | SMALL | false\n", summer);
  }

  private static String line(NightResult night) {
    return "%s | %s | %d\n"
        .formatted(
            night.run().asOf(),
            night.run().id(),
            Optional.ofNullable(night.tables().get("customer_indicators")).orElseThrow().rows());
  }

  /** The answers count days from the day after the night. */
  private static void assertRight(String dayAfter, NightResult night) {
    Dataset<Row> answers =
        spark
            .read()
            .option("header", true)
            .csv(DATA + "/online_retail/expected/customers_as_of_%s.csv".formatted(dayAfter));
    String expected =
        text(
            answers,
            "customer_id",
            "purchase_invoices",
            "cast(gross_amount AS decimal(38,3))",
            "return_invoices",
            "cast(returns_amount AS decimal(38,3))",
            "cast(net_amount AS decimal(38,3))",
            "first_purchase_date",
            "last_purchase_date",
            "purchase_days",
            "cast(tenure_days AS int) - 1",
            "cast(recency_days AS int) - 1",
            "cast(mean_days_between_purchase_days AS decimal(38,6))",
            "cast(avg_invoice_amount AS decimal(38,6))",
            "cast(max_invoice_amount AS decimal(38,3))");

    assertEquals(
        expected,
        text(
            release(night, "customer_indicators"),
            "customer_id",
            "transaction_count_lifetime",
            "sales_amount_lifetime",
            "return_count_lifetime",
            "return_amount_lifetime",
            "net_sales_amount_lifetime",
            "first_sale_date",
            "last_sale_date",
            "transaction_day_count_lifetime",
            "tenure_days",
            "recency_days",
            "average_transaction_interval_days_lifetime",
            "average_transaction_amount_lifetime",
            "maximum_transaction_amount_lifetime"));
  }

  private static NightPlan plan() {
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read(
                Path.of("conf", "examples", "online-retail.yaml"),
                Map.of("KARAT_DATA", DATA.toString()),
                List.of("indicators.windows=[lifetime]", "output.path=" + output),
                problems),
            problems);
    problems.throwIfAny();
    return plan;
  }

  private static NightJob job(NightPlan plan) {
    RunRecord record = new RunRecord("run", ToyFirm.NOON);
    return new NightJob(spark, plan, SilentProgress.INSTANCE, record, () -> ToyFirm.NOON);
  }

  private static OutputFolder folder() throws IOException {
    return OutputFolders.open(
        output, spark.sparkContext().hadoopConfiguration(), () -> ToyFirm.NOON);
  }

  private static Dataset<Row> table(String name) {
    return spark.read().parquet(output.resolve("current").resolve(name).toString());
  }

  private static Dataset<Row> release(NightResult night, String table) {
    return spark.read().parquet(output.resolve(night.path()).resolve(table).toString());
  }
}
