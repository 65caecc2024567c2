package io.karat.input;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of the outcome of rows of the other tables as of 1 March 2026; each row names the one it
 * expects. {@link RowOutcomeTest} covers what all tables have in common.
 */
@ExtendWith(LocalSpark.class)
class TableOutcomeTest {
  private final SparkSession spark;

  TableOutcomeTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aPaymentHasTheFirstReasonThatApplies() {
    assertExpected(
        InputTable.PAYMENTS,
        "customer_id string, payment_time string, amount string, type string",
        """
            | soon       | abc   | GIFT    | missing_customer
        ann | soon       | abc   | GIFT    | unreadable_time
        ann | 1969-12-31 | abc   | GIFT    | unreadable_amount
        ann | 1969-12-31 | -1    | GIFT    | negative_amount
        ann | 1969-12-31 | 1e30  | GIFT    | overflowing_amount
        ann | 1969-12-31 | 0.001 | GIFT    | too_many_decimals
        """);
    assertExpected(
        InputTable.PAYMENTS,
        "customer_id string, payment_time string, amount string, type string",
        """
        ann | 1969-12-31 | 1     | SALE    | unknown_type
        ann | 1969-12-31 | 1     | REFUND  | ancient_date
        ann | 2026-03-02 | 1     | REFUND  | after_as_of
        ann | 2026-03-01 | 0     | payment | candidate
        ann | 2026-03-01 | 1     |         | unknown_type
        """);
  }

  /** A contact has no amount, and its cost may be missing or negative. */
  @Test
  void aContactHasTheFirstReasonThatApplies() {
    assertExpected(
        InputTable.CONTACTS,
        "customer_id string, contact_time string, cost string, type string, satisfaction string",
        """
            | soon       | abc   | GIFT    | 9 | missing_customer
        ann | 2026-02-30 | abc   | GIFT    | 9 | unreadable_time
        ann | 1969-12-31 | abc   | GIFT    | 9 | unreadable_amount
        ann | 1969-12-31 | 1e30  | GIFT    | 9 | overflowing_amount
        ann | 1969-12-31 | 0.001 | GIFT    | 9 | too_many_decimals
        ann | 1969-12-31 | -1    | SALE    | 9 | unknown_type
        """);
    assertExpected(
        InputTable.CONTACTS,
        "customer_id string, contact_time string, cost string, type string, satisfaction string",
        """
        ann | 1969-12-31 | -1    | PRAISE  | 9 | ancient_date
        ann | 2026-03-02 | -1    | PRAISE  | 9 | after_as_of
        ann | 2026-03-01 | -1    | process | 9 | candidate
        ann | 2026-03-01 |       | OTHER   |   | candidate
        """);
  }

  @Test
  void anOpportunityHasTheFirstReasonThatApplies() {
    assertExpected(
        InputTable.OPPORTUNITIES,
        "opportunity_id string, customer_id string, created_date string, amount string,"
            + " probability string",
        """
        O1 |     | soon       | abc   | 2    | missing_customer
        O2 | ann | soon       | abc   | 2    | unreadable_time
        O3 | ann | 1969-12-31 | abc   | 2    | unreadable_amount
        O4 | ann | 1969-12-31 | 0.001 | 2    | too_many_decimals
        O5 | ann | 1969-12-31 | 1     | 1.01 | invalid_probability
        O6 | ann | 1969-12-31 | 1     | 0.5  | ancient_date
        """);
    assertExpected(
        InputTable.OPPORTUNITIES,
        "opportunity_id string, customer_id string, created_date string, amount string,"
            + " probability string",
        """
        O1 | ann | 2026-03-02 | 1     | -0.1   | invalid_probability
        O2 | ann | 2026-03-02 | 1     | likely | invalid_probability
        O3 | ann | 2026-03-02 | 1     |        | invalid_probability
        O4 | ann | 2026-03-02 | 1     | 1      | after_as_of
        O5 | ann | 2026-03-01 | 1     | 0      | candidate
           | ann | 2026-03-01 | 1     | 1      | candidate
        """);
  }

  /** A customers row has no time; one created after the as-of day is not known yet. */
  @Test
  void aCustomersRowCountsFromTheDayItWasCreated() {
    assertExpected(
        InputTable.CUSTOMERS,
        "customer_id string, created_date string, opening_balance string",
        """
            | 2026-01-05 | abc    | missing_customer
        ann | 2026-03-02 | abc    | unreadable_amount
        ann | 2026-03-02 | 0.001  | too_many_decimals
        ann | 2026-03-02 | -12.34 | after_as_of
        ann | 2026-03-01 | -12.34 | candidate
        ann | soon       |        | candidate
        """);
    assertExpected(
        InputTable.CUSTOMERS,
        "customer_id string, opening_balance string",
        """
        ann | 1e30 | overflowing_amount
        ann | 1    | candidate
        """);
  }

  @Test
  void anAliasNeedsBothIds() {
    assertExpected(
        InputTable.ALIASES,
        "alias_id string, customer_id string",
        """
        a1 | ann | candidate
           | ann | missing_customer
        a1 |     | missing_customer
           |     | missing_customer
        """);
  }

  /** A market has no customer; either of its sizes may be missing, and neither is negative. */
  @Test
  void aMarketNeedsItsCharacteristicItsValueAndADay() {
    String columns = "characteristic string, value string, as_of_date string, market_amount string";
    assertExpected(
        InputTable.MARKETS,
        columns,
        """
               | NORTH | soon       | abc   | missing_market
        region |       | soon       | abc   | missing_market
        region | NORTH | soon       | abc   | unreadable_time
        region | NORTH | 1969-12-31 | abc   | unreadable_amount
        region | NORTH | 1969-12-31 | -1    | negative_amount
        region | NORTH | 1969-12-31 | 0.001 | too_many_decimals
        """);
    assertExpected(
        InputTable.MARKETS,
        columns,
        """
        region | NORTH | 1969-12-31 | 1 | ancient_date
        region | NORTH | 2026-03-02 | 1 | after_as_of
        region | NORTH | 2026-03-01 |   | candidate
        region | NORTH | 2026-03-01 | 0 | candidate
        """);
  }

  /**
   * Compares the outcome with the column {@code expected}, the last of each row, which is made the
   * key so that it is kept beside ours.
   */
  private void assertExpected(InputTable table, String columns, String lines) {
    Dataset<Row> rows = frame(spark, columns + ", expected string", lines);
    String place = "inputs." + table.tableName();
    Night night =
        Night.with(
            Stream.concat(
                    Stream.of(place + ".path=unused", place + ".key=[expected]"),
                    Arrays.stream(rows.columns())
                        .filter(name -> !name.equals("expected"))
                        .map(name -> "%s.columns.%s=%s".formatted(place, name, name)))
                .toArray(String[]::new));
    Dataset<Row> judged =
        new ValidatedRows(
                MappedRows.of(rows, night.mapping(table), List.of()), LocalDate.of(2026, 3, 1))
            .rows(List.of("key_0"));

    assertFrame(
        judged.selectExpr("customer_id", "day", "key_0 AS outcome"),
        judged.selectExpr("customer_id", "day", "outcome"));
  }
}
