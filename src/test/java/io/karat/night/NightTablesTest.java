package io.karat.night;

import static io.karat.night.ToyFirm.hashes;
import static io.karat.night.ToyFirm.text;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.publishing.Release;
import io.karat.testing.EveryReader;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the tables that two nights publish, one by one. */
@ExtendWith(LocalSpark.class)
class NightTablesTest {
  private static final String ANY_CHECKS_OF_ROWS = "checks.max_quarantine=1";

  @TempDir private static Path folder;
  private static ToyFirm firm;
  private static NightResult first;
  private static NightResult second;

  @BeforeAll
  static void publishTwoNights(SparkSession spark) throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01",
                """
                s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE
                s2 | bob | 2026-03-01 10:00:00 | 20.00 | SALE
                s3 |     | 2026-03-01 11:00:00 |  5.00 | SALE
                s4 | cid | 2026-03-01 12:00:00 | -1.00 | SALE
                """)
            .deliver(
                "2026-03-02",
                """
                s5 | ann | 2026-03-02 09:00:00 | 30.50 | SALE
                s5 | ann | 2026-03-02 09:00:00 | 30.50 | SALE
                r1 | ann | 2026-03-02 10:00:00 |  4.00 | RETURN
                t1 | bob | 2026-03-02 11:00:00 | 99.00 | TEST
                """)
            .deliver("2026-03-03", "s6 | dan | 2026-03-03 09:00:00 | 7.00 | SALE");
    first = firm.run("2026-03-01", ANY_CHECKS_OF_ROWS);
    second = firm.run("2026-03-02", ANY_CHECKS_OF_ROWS);
  }

  @Test
  void aNightPublishesItsTablesAndCountsTheirRows() {
    Map<String, Long> rows = new TreeMap<>();
    second.tables().forEach((name, table) -> rows.put(name, table.rows()));

    assertEquals(
        Map.ofEntries(
            Map.entry("churn_levels", 0L),
            Map.entry("class_disagreements", 0L),
            Map.entry("cohorts", 1L),
            Map.entry("concentration", 2L * 101),
            Map.entry("customer_indicators", 2L),
            Map.entry("customer_value", 2L),
            Map.entry("customer_value_history", 4L),
            Map.entry(
                "dictionary",
                23L + 8 + 15 + 11 + 6 * 8 + 24 + 3 + 3 + 16 + 19 + 11 + 9 + 8 + 25 + 33 + 15 + 11
                    + 11 + 7 + 13 + 16 + 17 + 5 * 7 + 4 + 11 + 22 + 21 + 16 + 8),
            Map.entry("findings", 2L),
            Map.entry("indicator_correlations", 0L),
            Map.entry("key_account_changes", 0L),
            Map.entry("key_accounts", 0L),
            Map.entry("market_coverage", 0L),
            Map.entry("quality_results", 22L),
            Map.entry("quarantine_aliases", 0L),
            Map.entry("quarantine_contacts", 0L),
            Map.entry("quarantine_customers", 0L),
            Map.entry("quarantine_markets", 0L),
            Map.entry("quarantine_opportunities", 0L),
            Map.entry("quarantine_payments", 0L),
            Map.entry("quarantine_transactions", 3L),
            Map.entry("rfm_cells", 0L),
            Map.entry("runs", 2L),
            Map.entry("scorecard_quadrants", 0L),
            Map.entry("screening_funnel", 0L),
            Map.entry("segment_profiles", 0L),
            Map.entry("segments", 0L),
            Map.entry("state_values", 0L),
            Map.entry("tier_profiles", 0L),
            Map.entry("tiers", 0L),
            Map.entry("transitions", 0L),
            Map.entry("value_contributions", 0L)),
        rows);
  }

  @Test
  void onlyCustomersWithAUsedRowAppear() {
    assertEquals(
        """
        ann | 2 | 40.50 | 36.50 | 20.250000 | 30.50 | 4.00 | 1 | 0.098765
        bob | 1 | 20.00 | 20.00 | 20.000000 | 20.00 | 0.00 | 0 | 0.000000
        """,
        text(
            firm.table("customer_indicators"),
            "customer_id",
            "transaction_count_lifetime",
            "sales_amount_lifetime",
            "net_sales_amount_lifetime",
            "average_transaction_amount_lifetime",
            "maximum_transaction_amount_lifetime",
            "return_amount_lifetime",
            "return_count_lifetime",
            "return_rate_lifetime"));
    assertEquals(
        """
        ann | 2 | 1 | 2026-03-01 | 2026-03-02 | 1.000000 | 0
        bob | 1 | 1 | 2026-03-01 | 2026-03-01 | null | 1
        """,
        text(
            firm.table("customer_indicators"),
            "customer_id",
            "transaction_day_count_lifetime",
            "tenure_days",
            "first_sale_date",
            "last_sale_date",
            "average_transaction_interval_days_lifetime",
            "recency_days"));
  }

  @Test
  void columnsHaveTheirOrderAndTypes() {
    assertEquals(
        "as_of_date date, run_id string, customer_id string,"
            + " transaction_count_lifetime bigint, sales_amount_lifetime decimal(18,2),"
            + " net_sales_amount_lifetime decimal(18,2),"
            + " average_transaction_amount_lifetime decimal(18,6),"
            + " maximum_transaction_amount_lifetime decimal(18,2),"
            + " largest_two_transactions_amount decimal(18,2),"
            + " return_amount_lifetime decimal(18,2), return_count_lifetime bigint,"
            + " return_rate_lifetime decimal(18,6), transaction_day_count_lifetime bigint,"
            + " tenure_days int, first_sale_date date, last_sale_date date,"
            + " average_transaction_interval_days_lifetime decimal(18,6), recency_days int,"
            + " lateness decimal(18,6),"
            + " sales_trend_lifetime decimal(18,6), active_month_share_lifetime decimal(18,6),"
            + " transaction_count_365d bigint,"
            + " net_sales_amount_365d decimal(18,2)",
        columns("customer_indicators"));
    assertEquals(
        "as_of_date date, run_id string, customer_id string, recency_days int,"
            + " transaction_count_lifetime bigint, sales_amount_lifetime decimal(18,2),"
            + " net_sales_amount_lifetime decimal(18,2), net_sales_amount_365d decimal(18,2)",
        columns("customer_value_history"));
    assertEquals(
        "as_of_date date, run_id string, reason string, event_date date, customer_id string,"
            + " source_row string, source_file string, refused_by_run_id string",
        columns("quarantine_transactions"));
    assertEquals(
        "as_of_date date, run_id string, check_name string, table_name string, metric string,"
            + " severity string, status string, value decimal(38,18), limit_value decimal(38,18),"
            + " message_en string, message_zh string",
        columns("quality_results"));
  }

  @Test
  void everyTableBeginsWithTheNightAndTheRun() {
    for (String name : second.tables().keySet()) {
      assertEquals(
          List.of("as_of_date", "run_id"),
          Arrays.asList(firm.table(name).columns()).subList(0, 2),
          name);
    }
    assertEquals(
        "2026-03-02 | %s\n".formatted(second.run().id()),
        text(firm.table("customer_indicators").limit(1), "as_of_date", "run_id"));
  }

  @Test
  void everyColumnHasItsCommentInTheParquetFooter() {
    for (String name : second.tables().keySet()) {
      for (StructField field : firm.table(name).schema().fields()) {
        assertTrue(field.getComment().isDefined(), name + "." + field.name());
      }
    }
    assertEquals(
        "Sum of sale amounts. Unit: money. Window: lifetime.",
        firm.table("customer_indicators")
            .schema()
            .apply("sales_amount_lifetime")
            .getComment()
            .get());
  }

  /** The types of indicators are computed, which contracts do not know. */
  @Test
  void noDecimalOfACustomerHasMoreThan18Digits() {
    for (String name : List.of("customer_indicators", "customer_value_history")) {
      assertEquals(List.of(), PublishedTablesTest.wideDecimals(firm.table(name).schema()), name);
    }
  }

  @Test
  void commentsAreInTheLanguageOfTheBusiness(@TempDir Path other, SparkSession spark)
      throws IOException {
    ToyFirm chinese =
        ToyFirm.at(spark, other)
            .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE");
    chinese.run("2026-03-01", "language=zh");

    assertEquals(
        "销售金额之和。单位：money。窗口：lifetime。",
        chinese
            .table("customer_indicators")
            .schema()
            .apply("sales_amount_lifetime")
            .getComment()
            .get());
  }

  @Test
  void theDictionaryHasOneRowPerColumnOfEveryTable() {
    String columns =
        second.tables().keySet().stream()
            .flatMap(
                name ->
                    Arrays.stream(firm.table(name).schema().fields())
                        .map(
                            field ->
                                "%s | %s | %s\n"
                                    .formatted(
                                        name, field.name(), field.dataType().simpleString())))
            .sorted()
            .collect(joining());

    assertEquals(columns, text(firm.table("dictionary"), "table_name", "column_name", "data_type"));
    assertEquals(
        "sales_amount | trading | money | lifetime | higher | Sales | 销售额 | Sum of sale amounts.\n",
        text(
            firm.table("dictionary")
                .where(
                    "table_name = 'customer_indicators' AND column_name = 'sales_amount_lifetime'"),
            "indicator",
            "category",
            "unit",
            "time_window",
            "better",
            "label_en",
            "label_zh",
            "definition_en"));
  }

  @Test
  void everyCheckOfTheNightIsARow() {
    assertEquals(
        """
        anomaly | rows_of_as_of_day | warn | passed | null | 6
        freshness | open_days_without_rows | warn | passed | 0 | 0
        max_quarantine | share_of_rows | error | passed | 0.25 | 1
        max_quarantine | share_of_rows_newest_7_days | error | passed | 0.285714 | 1
        reconcile | unaccounted_amount | error | passed | 0 | 0
        reconcile | unaccounted_rows | error | passed | 0 | 0
        row_count_change | rows | warn | passed | 0 | 0.5
        row_count_change | rows_used | warn | warned | 1 | 0.5
        unique | contradicted_keys | warn | passed | 0 | 0
        unique | repeated_keys | warn | passed | 0 | 0
        """,
        text(
            firm.table("quality_results").where("check_name <> 'balance'"),
            "check_name",
            "metric",
            "severity",
            "status",
            "rtrim('.', rtrim('0', cast(value as string)))",
            "rtrim('.', rtrim('0', cast(limit_value as string)))"));
  }

  @Test
  void aQuarantinedRowKeepsItsReasonValuesFileAndRun() {
    String run = second.run().id();

    assertEquals(
        """
        duplicate | 2026-03-02 | ann | s5 | 30.50 | day=2026-03-02 | RUN
        missing_customer | 2026-03-01 | null | s3 | 5.00 | day=2026-03-01 | RUN
        negative_amount | 2026-03-01 | cid | s4 | -1.00 | day=2026-03-01 | RUN
        """
            .replace("RUN", run),
        text(
            firm.table("quarantine_transactions"),
            "reason",
            "event_date",
            "customer_id",
            "get_json_object(source_row, '$.id')",
            "regexp_extract(source_row, '\"amount\":([^,]*)', 1)",
            "regexp_extract(source_file, '(day=[^/]*)/part-', 1)",
            "run_id"));
  }

  @Test
  void theRunsAccumulateOverTheNights() {
    assertEquals(
        "2026-03-01 | %s | 2 | 3 | 9 | 2 | 1 | 4 | 2 | 0 | true\n".formatted(first.run().id())
            + "2026-03-02 | %s | 2 | 3 | 9 | 4 | 1 | 1 | 2 | 1 | true\n"
                .formatted(second.run().id()),
        text(
            firm.table("runs"),
            "as_of_date",
            "run_id",
            "customers",
            "input_files",
            "rows_read",
            "rows_used",
            "rows_excluded",
            "rows_after_as_of",
            "rows_quarantined",
            "rows_duplicate",
            "is_live_at_commit"));
    assertEquals(
        "207.00 | 64.50 | 99.00 | 7.00 | 6.00 | 30.50\n",
        text(
            firm.table("runs").where("as_of_date = DATE '2026-03-02'"),
            "round(amount_read, 2)",
            "round(amount_used, 2)",
            "round(amount_excluded, 2)",
            "round(amount_after_as_of, 2)",
            "round(amount_quarantined, 2)",
            "round(amount_duplicate, 2)"));
  }

  @Test
  void theHistoryHoldsOneRunPerNight() {
    assertEquals(
        """
        2026-03-01 | FIRST | ann | 0 | 1 | 10.00
        2026-03-01 | FIRST | bob | 0 | 1 | 20.00
        2026-03-02 | SECOND | ann | 0 | 2 | 40.50
        2026-03-02 | SECOND | bob | 1 | 1 | 20.00
        """
            .replace("FIRST", first.run().id())
            .replace("SECOND", second.run().id()),
        text(
            firm.table("customer_value_history"),
            "as_of_date",
            "run_id",
            "customer_id",
            "recency_days",
            "transaction_count_lifetime",
            "sales_amount_lifetime"));
  }

  @Test
  void theReportBesideTheTablesSaysWhatHappened() throws IOException {
    JsonNode report =
        new ObjectMapper()
            .readTree(firm.output().resolve("current").resolve("run_report.json").toFile());

    assertEquals(second.run().id(), report.path("run_id").asText());
    assertEquals("2026-03-02", report.path("as_of_date").asText());
    assertEquals("published", report.path("status").asText());
    assertEquals(0, report.path("exit_code").asInt(-1));
    JsonNode input = report.path("inputs").path("transactions");
    assertEquals("9 4", input.path("rows_read").asText() + " " + input.path("rows_used").asText());
    assertEquals("64.5", input.path("amount_used").asText());
    assertEquals(10, report.path("checks").size());
    assertEquals("transactions.cost", report.path("switched_off").path("profit").asText());
    assertEquals(
        hashes(second.tables()).get("customer_indicators"),
        "2 " + report.path("tables").path("customer_indicators").path("content_hash").asText());
    assertFalse(report.path("tables").path("runs").has("content_hash"));
  }

  @Test
  void everyReaderFindsWhatCouldNotBeUsed() throws IOException, SQLException {
    EveryReader readers = new EveryReader(firm.spark(), firm.output().resolve("current"));

    readers.assertPlainFiles(second.tables().keySet());
    readers.assertSameInDuckDb(Set.of("quarantine_transactions"));
  }

  @Test
  void anotherEngineReadsEveryTable() throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (Map.Entry<String, Release.Table> table : second.tables().entrySet()) {
        assertEquals(
            Long.toString(table.getValue().rows()),
            answer(statement, "SELECT count(*) FROM ", table.getKey()),
            table.getKey());
      }
      assertEquals(
          "60.50",
          answer(statement, "SELECT sum(sales_amount_lifetime) FROM ", "customer_indicators"));
      assertEquals(
          "2026-03-02",
          answer(statement, "SELECT max(as_of_date) FROM ", "customer_value_history"));
    }
  }

  private static String answer(Statement statement, String question, String table)
      throws SQLException {
    Path files = firm.output().resolve("current").resolve(table).resolve("*.parquet");
    try (ResultSet answer = statement.executeQuery(question + "read_parquet('" + files + "')")) {
      answer.next();
      return answer.getString(1);
    }
  }

  private static String columns(String table) {
    return Arrays.stream(firm.table(table).schema().fields())
        .map(field -> field.name() + " " + field.dataType().simpleString())
        .collect(joining(", "));
  }
}
