package io.karat.input;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.apache.spark.sql.functions.expr;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of deduplication; each source row says itself whether it stays. The word is mapped to
 * channel, the last of the columns that decide, so that of rows equal in all others the one called
 * "stays" does.
 */
@ExtendWith(LocalSpark.class)
class DeduplicationTest {
  private static final String COLUMNS =
      "customer_id string, transaction_time timestamp, transaction_id string, amount int,"
          + " batch int, product string, expected string";
  private static final String EXPECTED = "inputs.transactions.columns.channel=expected";
  private static final String ID = "inputs.transactions.columns.transaction_id=transaction_id";
  private static final String PRODUCT = "inputs.transactions.columns.product_id=product";

  @Test
  void theSameIdOfOneCustomerOnOneDayIsOneTransaction(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 09:00 | T1 | 10 | 1 | | again
            ann | 2026-01-05 10:00 | T1 | 9  | 1 | | stays
            ann | 2026-01-06 09:00 | T1 | 10 | 1 | | stays
            bob | 2026-01-05 09:00 | T1 | 10 | 1 | | stays
            ann | 2026-01-05 09:00 | T2 | 10 | 1 | | stays
            """);

    assertExpected(rows, Night.with(EXPECTED, ID));
  }

  @Test
  void rowsWithoutAnIdAllStay(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 09:00 | | 10 | 1 | | stays
            ann | 2026-01-05 09:00 | | 10 | 1 | | stays
            """);

    assertExpected(rows, Night.with(EXPECTED, ID));
  }

  @Test
  void nothingIsARedeliveryWithoutAKey(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 09:00 | T1 | 10 | 1 | | stays
            ann | 2026-01-05 09:00 | T1 | 10 | 1 | | stays
            """);

    assertExpected(rows, Night.with(EXPECTED, ID, "inputs.transactions.key=[]"));
    assertExpected(rows, Night.with(EXPECTED));
  }

  @Test
  void thePreferredRowStaysWhateverItsAmount(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 10:00 | T1 | 99 | 1 | | again
            ann | 2026-01-05 09:00 | T1 | 10 | 2 | | stays
            ann | 2026-01-05 11:00 | T1 | 99 |   | | again
            """);

    assertExpected(rows, Night.with(EXPECTED, ID, "inputs.transactions.prefer=batch"));
  }

  /** The columns are compared in this order: time, amount, product. */
  @Test
  void ofEquallyPreferredRowsTheOneHighestInTheMappedColumnsStays(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 09:00 | T1 | 99 | 1 | Z | again
            ann | 2026-01-05 10:00 | T1 | 10 | 1 | Z | again
            ann | 2026-01-05 10:00 | T1 | 11 | 1 | A | again
            ann | 2026-01-05 10:00 | T1 | 11 | 1 | B | stays
            ann | 2026-01-05 10:00 | T1 | 11 | 1 |   | again
            """);

    assertExpected(rows, Night.with(EXPECTED, ID, PRODUCT, "inputs.transactions.prefer=batch"));
  }

  @Test
  void aKeyMayMixOurColumnsAndTheSources(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 09:00 | T1 | 10 | 1 | A | again
            ann | 2026-01-05 10:00 | T1 | 10 | 1 | A | stays
            ann | 2026-01-05 09:00 | T1 | 10 | 2 | A | stays
            ann | 2026-01-05 09:00 | T1 | 11 | 1 | A | stays
            ann | 2026-01-05 09:00 | T1 | 11 |   | A | again
            ann | 2026-01-05 10:00 | T1 | 11 |   | A | stays
            """);

    assertExpected(
        rows, Night.with(EXPECTED, ID, "inputs.transactions.key=[transaction_id, amount, Batch]"));
  }

  @Test
  void aRefusedRowIsNeitherARedeliveryNorHasOne(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 23:00 | T1 | -5 | 1 | | refused
            ann | 2026-01-05 09:00 | T1 | 10 | 1 | | stays
            ann | 2026-03-02 09:00 | T1 | 10 | 1 | | after
            """);

    assertExpected(rows, Night.with(EXPECTED, ID));
  }

  @Test
  void equalLinesAreTwoLinesUnlessAKeySaysOtherwise(SparkSession spark) {
    String columns = COLUMNS + ", type string";
    String lines =
        """
        ann | 2026-01-05 09:00 | T1 | 10 | 1 | A | stays   | SALE
        ann | 2026-01-05 09:00 | T1 | 10 | 1 | A | %s      | SALE
        ann | 2026-01-05 09:00 | T1 | 10 | 1 | B | stays   | SALE
        """;

    assertExpected(
        frame(spark, columns, lines.formatted("stays")), Night.ofLines(EXPECTED, PRODUCT));
    assertExpected(
        frame(spark, columns, lines.formatted("again")),
        Night.ofLines(EXPECTED, PRODUCT, "inputs.transactions.key=[transaction_id, product_id]"));
  }

  @Test
  void ofCustomersWithNothingButAnIdOneRowStays(SparkSession spark) {
    Night night =
        Night.with(
            "inputs.customers.path=none", "inputs.customers.columns.customer_id=customer_id");
    Dataset<Row> rows = frame(spark, "customer_id string", "ann\nann\nbob\n");

    assertFrame(
        frame(spark, "customer_id string, rows bigint, again bigint", "ann | 2 | 1\nbob | 1 | 0\n"),
        night
            .rows(InputTable.CUSTOMERS, rows, Optional.empty(), "2026-03-01")
            .candidates()
            .groupBy("customer_id")
            .agg(expr("count(1) AS rows"), expr("count_if(is_duplicate) AS again")));
  }

  private static void assertExpected(Dataset<Row> source, Night night) {
    Dataset<Row> candidates =
        InputRows.of(
                source,
                night.mapping(),
                Optional.empty(),
                LocalDate.of(2026, 3, 1),
                Set.of("channel"),
                4)
            .candidates();
    assertFrame(
        source
            .filter("expected in ('stays', 'again')")
            .selectExpr("customer_id", "amount * 100L as amount", "expected as outcome"),
        candidates.selectExpr(
            "customer_id",
            "amount",
            "if(channel = if(is_duplicate, 'again', 'stays'), channel, 'wrong') as outcome"));
  }
}
