package io.karat.measures;

import static io.karat.testing.TextTable.assertFrame;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.input.InputRows;
import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import io.karat.testing.Sources;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of the balance of each table, {@code read = used + excluded + after + quarantined +
 * duplicate}, in rows and in readable amounts.
 */
@ExtendWith(LocalSpark.class)
class TableBalanceTest {
  private static final String AS_OF = "2026-03-01";

  /** 600 rows of 13 customers under some 25 ids, with columns for every table. */
  private static final String ROWS =
      """
      SELECT IF(id % 17 = 0, NULL, CONCAT(IF(id % 5 = 0, 'a', 'c'), id % 13)) AS customer_id,
        IF(id % 19 = 0, 'soon', CAST(DATE_ADD(DATE'2026-01-01', INT(id % 70)) AS STRING)) AS time,
        CAST((id * 7919 % 4001 - 300) AS DECIMAL(18,3)) / IF(id % 29 = 0, 1000, 100) AS amount,
        IF(id % 23 = 0, 'GIFT', NULL) AS gift, id % 90 AS id, id % 7 AS level
      FROM RANGE(600)
      """;

  private static final Map<InputTable, String> TABLES =
      Map.of(
          InputTable.TRANSACTIONS,
          "customer_id, time AS transaction_time, amount, id AS transaction_id,"
              + " coalesce(gift, 'SALE') AS type",
          InputTable.PAYMENTS,
          "customer_id, time AS payment_time, amount, id AS payment_id,"
              + " coalesce(gift, 'REFUND') AS type",
          InputTable.CONTACTS,
          "customer_id, time AS contact_time, amount AS cost, id AS contact_id,"
              + " coalesce(gift, 'TASK') AS type",
          InputTable.CUSTOMERS,
          "customer_id, time AS created_date, amount AS opening_balance",
          InputTable.OPPORTUNITIES,
          "customer_id, time AS created_date, amount, id AS opportunity_id,"
              + " level / 5 AS probability");

  @Test
  void whatIsReadOfATableIsUsedOrNotToTheLastDecimal(SparkSession spark) {
    Sources sources =
        new Sources(
            Map.of(
                InputTable.ALIASES,
                spark.sql(
                    "SELECT CONCAT('a', id) AS alias_id, CONCAT('c', id) AS customer_id"
                        + " FROM RANGE(9)")));
    for (Map.Entry<InputTable, String> table : TABLES.entrySet()) {
      sources =
          sources.with(
              table.getKey(), spark.sql("SELECT %s FROM (%s)".formatted(table.getValue(), ROWS)));
    }
    String[] sets =
        TABLES.keySet().stream()
            .map(
                table ->
                    "inputs.%s.where=customer_id IS NULL OR customer_id <> 'c7'"
                        .formatted(table.tableName()))
            .toArray(String[]::new);
    Night night = sources.night(sets);
    List<InputRows> inputs = sources.rows(night, AS_OF);
    Dataset<Row> customers = night.measures(inputs, List.of(), AS_OF).cache();

    for (InputRows input : inputs) {
      assertBalance(sources.of(input.table()), input, customers);
    }
    customers.unpersist();
  }

  private static void assertBalance(Dataset<Row> source, InputRows input, Dataset<Row> customers) {
    String amount = input.hasAmount() ? "abs(amount)" : "0";
    RowCountColumns tally = new RowCountColumns(input.table());
    Dataset<Row> outcomes = input.tallies().cache();
    Dataset<Row> accounted =
        customers
            .selectExpr(
                "stack(2, 'used', %s, %s, 'duplicate', %s, %s) AS (outcome, rows, amount)"
                    .formatted(
                        tally.usedRows(),
                        tally.usedAmount(),
                        tally.duplicateRows(),
                        tally.duplicateAmount()))
            .selectExpr("outcome", "rows", "CAST(amount AS DECIMAL(38,18))")
            .union(
                outcomes.filter("outcome <> 'candidate'").selectExpr("outcome", "rows", "amount"))
            .groupBy("outcome")
            .agg(expr("sum(rows) AS rows"), expr("sum(amount) AS amount"))
            .filter("rows > 0");

    assertTrue(
        accounted.count() >= 6, () -> input.table() + ": " + accounted.collectAsList().toString());
    assertFrame(
        source.selectExpr(
            "count(*) AS rows", "CAST(sum(%s) AS DECIMAL(38,18)) AS amount".formatted(amount)),
        accounted.selectExpr("sum(rows) AS rows", "CAST(sum(amount) AS DECIMAL(38,18)) AS amount"));
    assertEquals(
        0,
        customers.selectExpr("sum(%s)".formatted(tally.refusedRows())).first().getLong(0),
        tally.refusedRows());
    outcomes.unpersist();
  }
}
