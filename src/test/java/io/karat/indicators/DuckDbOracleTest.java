package io.karat.indicators;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that another engine, with its own SQL over the same file, finds the same for every
 * customer.
 */
@ExtendWith(LocalSpark.class)
class DuckDbOracleTest {
  private static final String AS_OF = "2026-04-30";

  /** 20,000 lines of some 5,000 transactions; amounts in cents, some lines negative or too late. */
  private static final String LINES =
      """
      SELECT CONCAT('c', pmod(hash(id DIV 4), 400)) AS customer_id,
        DATE_ADD(DATE'2024-11-01', pmod(hash(id DIV 4, 1), 550)) AS transaction_time,
        CONCAT('T', id DIV 4) AS transaction_id,
        IF(pmod(hash(id DIV 4, 2), 6) = 0, 'RETURN', 'SALE') AS type,
        CAST(pmod(hash(id, 3), 20000) - 1500 AS DECIMAL(18,2)) / 100 AS amount,
        IF(pmod(hash(id, 4), 300) = 0, NULL, CAST(pmod(hash(id, 5), 9000) AS DECIMAL(18,2)) / 100)
          AS cost,
        CONCAT('P', pmod(hash(id, 6), 40)) AS product_id,
        CONCAT('shop ', pmod(hash(id, 7), 5)) AS channel
      FROM RANGE(20000)
      """;

  /** Ratios are in whole millionths, rounded half up, without any double. */
  private static final String ORACLE =
      """
      WITH lines AS (
        SELECT *, amount * 100 :: HUGEINT AS cents, cost * 100 :: HUGEINT AS cost_cents
        FROM read_parquet('%1$s/*.parquet') WHERE transaction_time <= DATE '%2$s'),
      transactions AS (
        SELECT customer_id, transaction_time AS day, transaction_id, type,
          sum(cents) :: HUGEINT AS cents
        FROM lines GROUP BY ALL HAVING sum(cents) >= 0),
      used AS (
        SELECT lines.* FROM lines SEMI JOIN transactions USING (transaction_id, type)),
      customers AS (SELECT DISTINCT customer_id FROM transactions),
      inside AS (SELECT * FROM used WHERE transaction_time >= DATE '%3$s'),
      of_lines AS (
        SELECT customer_id,
          coalesce(sum(cents) FILTER (type = 'SALE'), 0) :: HUGEINT AS sold,
          coalesce(sum(cents) FILTER (type = 'RETURN'), 0) :: HUGEINT AS returned,
          coalesce(sum(CASE type WHEN 'SALE' THEN cost_cents ELSE -cost_cents END), 0) :: HUGEINT
            AS cost,
          count(*) FILTER (cost IS NULL) AS uncosted,
          count(DISTINCT product_id) FILTER (type = 'SALE') AS products,
          count(DISTINCT transaction_time) FILTER (type = 'SALE') AS days,
          (max(transaction_time) FILTER (type = 'SALE') - min(transaction_time)
            FILTER (type = 'SALE')) :: HUGEINT AS span
        FROM inside GROUP BY customer_id),
      of_transactions AS (
        SELECT customer_id, count(*) FILTER (type = 'SALE') AS sales,
          count(*) FILTER (type = 'RETURN') AS returns, max(cents) FILTER (type = 'SALE') AS most
        FROM transactions WHERE day >= DATE '%3$s' GROUP BY customer_id),
      largest AS (
        SELECT customer_id, sum(cents) :: HUGEINT AS pair
        FROM (
          SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY cents DESC) AS place
          FROM transactions WHERE type = 'SALE')
        WHERE place <= 2 GROUP BY customer_id),
      channels AS (
        SELECT customer_id, channel, sum(cents) AS cents
        FROM inside WHERE type = 'SALE' GROUP BY ALL),
      main AS (
        SELECT DISTINCT ON (customer_id) customer_id, channel
        FROM channels ORDER BY customer_id, cents DESC, channel),
      months AS (
        SELECT customers.customer_id, month,
          row_number() OVER (PARTITION BY customers.customer_id ORDER BY month) - 1 AS x
        FROM customers
          JOIN (SELECT customer_id, date_trunc('month', min(day)) AS began
                FROM transactions GROUP BY customer_id) USING (customer_id),
          generate_series(DATE '%4$s', DATE '%2$s', INTERVAL 1 MONTH) AS calendar(month)
        WHERE month > began),
      points AS (
        SELECT months.customer_id, x :: HUGEINT AS x,
          coalesce(sum(CASE type WHEN 'SALE' THEN cents ELSE -cents END), 0) :: HUGEINT AS y,
          count(*) FILTER (type = 'SALE') > 0 AS has_sale
        FROM months LEFT JOIN used
          ON used.customer_id = months.customer_id AND date_trunc('month', transaction_time) = month
        GROUP BY months.customer_id, month, months.x),
      trends AS (
        SELECT customer_id, count(*) :: HUGEINT AS n, count(*) FILTER (has_sale) AS with_sale,
          sum(x * y) :: HUGEINT AS xy,
          sum(x) :: HUGEINT AS x, sum(y) :: HUGEINT AS y, sum(x * x) :: HUGEINT AS xx
        FROM points GROUP BY customer_id)
      SELECT customer_id,
        coalesce(sales, 0), coalesce(sold, 0), coalesce(sold - returned, 0),
        CASE WHEN coalesce(uncosted, 0) = 0 THEN coalesce(sold - returned - cost, 0) END,
        CASE WHEN uncosted = 0 THEN ratio(sold - returned - cost, sold - returned) END,
        ratio(sold, sales * 100), most, coalesce(returned, 0), coalesce(returns, 0),
        ratio(returned, sold), coalesce(days, 0), ratio(span, days - 1), coalesce(products, 0),
        channel, CASE WHEN n >= 3 AND 2 * with_sale >= n THEN ratio((n * xy - x * y) * n, (n * xx - x * x) * y) END,
        pair
      FROM customers LEFT JOIN of_lines USING (customer_id)
        LEFT JOIN of_transactions USING (customer_id) LEFT JOIN main USING (customer_id)
        LEFT JOIN trends USING (customer_id) LEFT JOIN largest USING (customer_id)
      ORDER BY customer_id
      """;

  private static final String RATIO =
      """
      CREATE MACRO ratio(n, d) AS
        CASE WHEN d > 0 THEN sign(n) * ((abs(n) * 2000000 :: HUGEINT + d) // (2 * d)) END
      """;

  @TempDir private Path folder;

  @Test
  void duckDbFindsTheSameOfEveryCustomer(SparkSession spark) throws Exception {
    String path = folder.resolve("lines").toString();
    spark.sql(LINES).write().parquet(path);
    Night night =
        Night.ofLines(
            "indicators.windows=[365d, lifetime]",
            "inputs.transactions.columns.amount=CAST(amount AS DECIMAL(18,2))",
            "inputs.transactions.columns.cost=CAST(cost AS DECIMAL(18,2))",
            "inputs.transactions.columns.product_id=product_id",
            "inputs.transactions.columns.channel=channel");
    Dataset<Row> indicators = night.indicators(spark.read().parquet(path), AS_OF).cache();

    // The 365 days to 30 April 2026 begin on 1 May 2025, the first day of a month.
    assertEquals(oracle(path, "2025-05-01", "2025-05-01"), text(indicators, "365d"));
    assertEquals(oracle(path, "1970-01-02", "2024-11-01"), text(indicators, "lifetime"));
    indicators.unpersist();
  }

  private static String oracle(String path, String from, String firstMonth) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(RATIO);
      List<String> lines = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(ORACLE.formatted(path, AS_OF, from, firstMonth))) {
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
    List<String> names =
        List.of(
            "transaction_count",
            "sales_amount",
            "net_sales_amount",
            "profit",
            "gross_margin",
            "average_transaction_amount",
            "maximum_transaction_amount",
            "return_amount",
            "return_count",
            "return_rate",
            "transaction_day_count",
            "average_transaction_interval_days",
            "product_count",
            "main_channel",
            "sales_trend");
    String[] columns =
        Stream.concat(
                names.stream().map(name -> name + "_" + window),
                Stream.of("largest_two_transactions_amount"))
            .toArray(String[]::new);
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
