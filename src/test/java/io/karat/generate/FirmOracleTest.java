package io.karat.generate;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.to_date;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that another engine finds the same receipts, receivables and contacts of a generated firm.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class FirmOracleTest {
  private static final SyntheticFirm FIRM = SyntheticFirm.of(300, 420, 12);

  /** Balances are added up day by day, over a calendar for each customer. */
  private static final String ORACLE =
      """
      WITH
      sold AS (
        SELECT regexp_replace(customer_id, '^[AB]', 'C') AS customer_id, transaction_time AS day,
          type,
          greatest(transaction_time, coalesce(due_date, transaction_time)) AS due,
          CASE type WHEN 'SALE' THEN cents ELSE -cents END AS cents
        FROM read_parquet('%1$s/transactions/*.parquet')),
      paid AS (
        SELECT customer_id, payment_time AS day, type, cents
        FROM read_parquet('%1$s/payments/*.parquet')),
      contacts AS (
        SELECT *, contact_time AS day FROM read_parquet('%1$s/contacts/*.parquet')),
      opportunities AS (
        SELECT * FROM read_parquet('%1$s/opportunities/*.parquet')
        WHERE closed_date IS NULL OR closed_date > DATE '%2$s'),
      customers AS (
        SELECT customer_id FROM sold UNION SELECT customer_id FROM paid
        UNION SELECT customer_id FROM contacts
        UNION SELECT customer_id FROM read_parquet('%1$s/opportunities/*.parquet')),
      events AS (
        SELECT customer_id, day, cents AS billed, 0 :: HUGEINT AS due FROM sold
        UNION ALL SELECT customer_id, due, 0, cents FROM sold
        UNION ALL SELECT customer_id, day, CASE type WHEN 'REFUND' THEN cents ELSE -cents END,
          CASE type WHEN 'REFUND' THEN cents ELSE -cents END FROM paid),
      days AS (
        SELECT customer_id, day :: DATE AS day, 0 :: HUGEINT AS billed, 0 :: HUGEINT AS due
        FROM customers,
          generate_series(DATE '2024-01-01', DATE '%2$s', INTERVAL 1 DAY) AS calendar(day)),
      changes AS (
        SELECT customer_id, day, sum(billed) :: HUGEINT AS billed, sum(due) :: HUGEINT AS due
        FROM (SELECT * FROM events WHERE day <= DATE '%2$s' UNION ALL SELECT * FROM days)
        GROUP BY ALL),
      balances AS (
        SELECT customer_id, day, sum(billed) OVER so_far AS balance,
          greatest(sum(due) OVER so_far, 0) AS overdue
        FROM changes WINDOW so_far AS (PARTITION BY customer_id ORDER BY day)),
      firsts AS (SELECT customer_id, min(day) AS first_day FROM sold GROUP BY customer_id),
      of_days AS (
        SELECT customer_id, sum(balance) :: HUGEINT AS balance_days, count(*) AS days,
          sum(overdue) :: HUGEINT AS overdue_days,
          sum(greatest(balance, 0)) :: HUGEINT AS owed_days
        FROM balances LEFT JOIN firsts USING (customer_id) WHERE day >= %3$s
        GROUP BY customer_id),
      of_sales AS (
        SELECT customer_id, sum(cents) :: HUGEINT AS billed FROM sold
        LEFT JOIN firsts USING (customer_id) WHERE day >= %3$s GROUP BY customer_id),
      of_payments AS (
        SELECT customer_id, count(*) AS payments, sum(cents) :: HUGEINT AS received,
          max(cents) AS most
        FROM paid WHERE type = 'PAYMENT' AND day >= %4$s GROUP BY customer_id),
      of_contacts AS (
        SELECT customer_id, count(*) AS contacts, count(*) FILTER (type = 'TASK') AS tasks,
          count(*) FILTER (type = 'PROCESS') AS processes,
          count(*) FILTER (type = 'PRAISE') AS praise,
          count(*) FILTER (type = 'COMPLAINT') AS complaints,
          count(*) FILTER (type = 'SUGGESTION') AS suggestions,
          sum(satisfaction) :: HUGEINT AS levels, count(satisfaction) AS known,
          sum(cents) :: HUGEINT AS cost
        FROM contacts WHERE day >= %4$s GROUP BY customer_id),
      complaints AS (
        SELECT *, resolved_time <= DATE '%2$s' AS is_resolved,
          (SELECT min(day) FROM sold WHERE type = 'SALE'
            AND sold.customer_id = contacts.customer_id AND sold.day > contacts.day) AS next_sale
        FROM contacts WHERE type = 'COMPLAINT'),
      open_complaints AS (
        SELECT customer_id, count(*) FILTER (is_resolved IS DISTINCT FROM true) AS open
        FROM complaints GROUP BY customer_id),
      of_complaints AS (
        SELECT customer_id, count(*) FILTER (is_resolved) AS resolved,
          sum(resolved_time - day) FILTER (is_resolved) :: HUGEINT AS resolution_days,
          count(*) FILTER (next_sale <= least(day + 90, DATE '%2$s')) AS won
        FROM complaints WHERE day >= %4$s GROUP BY customer_id),
      last_contacts AS (
        SELECT customer_id, (DATE '%2$s' - max(day)) :: INT AS since
        FROM contacts GROUP BY customer_id),
      expected AS (
        SELECT customer_id, sum(cents * percent) :: HUGEINT * 100 AS millionths
        FROM opportunities GROUP BY customer_id)
      SELECT customer_id,
        coalesce(received, 0), ratio(received, payments * 100 :: HUGEINT), most,
        ratio(balance_days, billed), ratio(overdue_days, days * 100 :: HUGEINT),
        ratio(overdue_days, owed_days), overdue, coalesce(contacts, 0), coalesce(tasks, 0),
        coalesce(processes, 0), ratio(praise, contacts), ratio(complaints, contacts),
        ratio(suggestions, contacts), ratio(levels, known), coalesce(cost, 0), since,
        coalesce(millionths, 0), coalesce(open, 0), coalesce(resolved, 0), ratio(resolution_days, resolved),
        coalesce(won, 0)
      FROM customers LEFT JOIN of_days USING (customer_id) LEFT JOIN of_sales USING (customer_id)
        LEFT JOIN of_payments USING (customer_id) LEFT JOIN of_contacts USING (customer_id)
        LEFT JOIN open_complaints USING (customer_id) LEFT JOIN of_complaints USING (customer_id)
        LEFT JOIN last_contacts USING (customer_id) LEFT JOIN expected USING (customer_id)
        LEFT JOIN balances ON balances.customer_id = customers.customer_id
          AND balances.day = DATE '%2$s'
      ORDER BY customer_id
      """;

  /** A ratio in whole millionths, rounded half up, without any double. */
  private static final String RATIO =
      """
      CREATE MACRO ratio(n, d) AS
        CASE WHEN d > 0 THEN sign(n) * ((abs(n) * 2000000 :: HUGEINT + d) // (2 * d)) END
      """;

  private static final List<String> NAMES =
      List.of(
          "receipt_amount_%s",
          "average_receipt_amount_%s",
          "maximum_receipt_amount_%s",
          "average_collection_period_days_%s",
          "average_arrears_amount_%s",
          "average_arrears_rate_%s",
          "arrears_amount",
          "contact_count_%s",
          "task_count_%s",
          "process_count_%s",
          "praise_ratio_%s",
          "complaint_ratio_%s",
          "suggestion_ratio_%s",
          "satisfaction_%s",
          "service_cost_%s",
          "days_since_last_contact",
          "expected_sales_amount",
          "open_complaint_count",
          "resolved_complaint_count_%s",
          "complaint_resolution_days_%s",
          "won_back_count_%s");

  @TempDir private Path folder;

  @Test
  void duckDbFindsTheSameOfEveryCustomer(SparkSession spark) throws Exception {
    Population population = FIRM.population();
    BusinessHours hours = new BusinessHours(FIRM.zone());
    DayTable payments = new PaymentGenerator(new PurchaseGenerator(population), hours);
    DayTable contacts = new ContactGenerator(population, hours);
    Sources firm =
        new Sources(
            Map.of(
                InputTable.TRANSACTIONS,
                written(FIRM.transactions(spark), "transactions", "transaction_time", "amount"),
                InputTable.PAYMENTS,
                written(described(spark, payments), "payments", "payment_time", "amount"),
                InputTable.CONTACTS,
                written(described(spark, contacts), "contacts", "contact_time", "cost"),
                InputTable.OPPORTUNITIES,
                written(
                    new OpportunityGenerator(population).rows(spark),
                    "opportunities",
                    "created_date",
                    "amount"),
                InputTable.ALIASES,
                new AliasGenerator(population).rows(spark)));
    Dataset<Row> indicators =
        firm.indicators(FIRM.lastDay().toString(), "indicators.windows=[365d, lifetime]").cache();

    String first = "DATE '%s'".formatted(FIRM.lastDay().minusDays(364));
    assertTrue(indicators.count() > 250);
    assertEquals(oracle(first, first), text(indicators, "365d"));
    assertEquals(oracle("first_day", "DATE '1970-01-02'"), text(indicators, "lifetime"));
    indicators.unpersist();
  }

  private static Dataset<Row> described(SparkSession spark, DayTable table) {
    return table.keys(spark).transform(table::described);
  }

  /**
   * Writes the rows with days in place of times, and with whole cents and percents beside decimals.
   */
  private Dataset<Row> written(Dataset<Row> rows, String table, String time, String money) {
    String path = folder.resolve(table).toString();
    boolean isLikely = Arrays.asList(rows.columns()).contains("probability");
    rows.withColumn(time, to_date(rows.col(time)))
        .selectExpr(
            "*",
            "CAST(%s * 100 AS BIGINT) AS cents".formatted(money),
            isLikely ? "CAST(probability * 100 AS BIGINT) AS percent" : "0 AS percent")
        .coalesce(1)
        .write()
        .parquet(path);
    return rows.sparkSession().read().parquet(path);
  }

  private String oracle(String firstDay, String firstEventDay) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(RATIO);
      List<String> lines = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              ORACLE.formatted(folder, FIRM.lastDay(), firstDay, firstEventDay))) {
        int width = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 1; i <= width; i++) {
            cells.add(String.valueOf(rows.getObject(i)));
          }
          lines.add(String.join(" | ", cells));
        }
      }
      return String.join("\n", lines);
    }
  }

  /** The indicators as text, money in whole cents and ratios in whole millionths. */
  private static String text(Dataset<Row> indicators, String window) {
    String[] columns = NAMES.stream().map(name -> name.formatted(window)).toArray(String[]::new);
    return indicators.select("customer_id", columns).orderBy("customer_id").collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> row.get(i))
                    .map(
                        cell ->
                            cell instanceof BigDecimal decimal
                                ? decimal.unscaledValue().toString()
                                : String.valueOf(cell))
                    .collect(joining(" | ")))
        .collect(joining("\n"));
  }
}
