package io.karat.measures;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.input.InputRows;
import io.karat.input.QuarantineRows;
import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import io.karat.testing.Sources;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that every source row and every readable amount counts in exactly one term of the balance.
 */
@ExtendWith(LocalSpark.class)
class BalanceTest {
  private static final String AS_OF = "2026-03-01";
  private static final String TYPE = "inputs.transactions.columns.type=type";
  private static final String ID = "inputs.transactions.columns.transaction_id=transaction_id";
  private static final String WHERE = "inputs.transactions.where=amount <> 5.75";
  private static final String PREFER = "inputs.transactions.prefer=amount";
  private static final String COLUMNS =
      "customer_id string, transaction_time string, transaction_id string, type string,"
          + " amount string";
  private static final String TALLIES =
      "day date, outcome string, rows bigint, amount decimal(38,18), rounding decimal(38,18)";
  private static final String CUSTOMERS =
      "customer_id string, tally_transactions_used_rows bigint, tally_transactions_used_row_amount"
          + " decimal(38,2), tally_transactions_duplicate_rows bigint,"
          + " tally_transactions_duplicate_row_amount decimal(38,2),"
          + " tally_transactions_refused_rows bigint, tally_transactions_refused_row_amount"
          + " decimal(38,2)";

  @Test
  void rowsAreCountedByDayAndOutcome(SparkSession spark) {
    Dataset<Row> source =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05       | T1 | SALE | 10.50
            bob | 2026-01-05 08:00 | T2 | SALE | 1
            bob | 2026-01-05       | T3 | SALE | -3
                | soon             | T4 | SALE | 0.125
            ann | 2026-03-02       | T5 | SALE | 7
            bob | 2026-01-06       | T6 | GIFT | abc
            """);
    Dataset<Row> expected =
        frame(
            spark,
            TALLIES,
            """
            2026-01-05 | candidate         | 2 | 11.50 | 0
            2026-01-05 | negative_amount   | 1 | 3     | 0
                       | missing_customer  | 1 | 0.125 | 0
            2026-03-02 | after_as_of       | 1 | 7     | 0
            2026-01-06 | unreadable_amount | 1 | 0     | 0
            """);

    Night night = Night.with(TYPE);
    assertFrame(expected, night.rows(source, AS_OF).tallies().select(columns(expected)));
  }

  /** 0.125 becomes 0.13, which adds 0.005; 1.004 becomes 1.00, which takes away 0.004. */
  @Test
  void whatRoundingAddedIsCounted(SparkSession spark) {
    Dataset<Row> source =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | T1 | SALE | 0.125
            ann | 2026-01-05 | T2 | SALE | 1.004
            ann | 2026-01-05 | T3 | SALE | 1
            """);
    Dataset<Row> expected = frame(spark, TALLIES, "2026-01-05 | candidate | 3 | 2.13 | 0.001");

    Night night = Night.with("inputs.transactions.round_amounts=true");
    assertFrame(expected, night.rows(source, AS_OF).tallies().select(columns(expected)));
  }

  /** T1 adds up to 10 - 4 = 6 and is used; T2 to 3 - 5 = -2, so both of its lines are refused. */
  @Test
  void aTransactionBelowZeroIsRefusedWithAllItsLines(SparkSession spark) {
    Dataset<Row> lines =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | T1 | SALE   | 10
            ann | 2026-01-05 | T1 | SALE   | -4
            ann | 2026-01-05 | T2 | SALE   | 3
            ann | 2026-01-05 | T2 | SALE   | -5
            bob | 2026-01-05 | T3 | RETURN | -0.01
            """);
    Dataset<Row> expected =
        frame(
            spark,
            CUSTOMERS,
            """
            ann | 2 | 14 | 0 | 0 | 2 | 8
            bob | 0 | 0  | 0 | 0 | 1 | 0.01
            """);

    assertFrame(expected, customers(lines, Night.ofLines()).select(columns(expected)));
  }

  /** Of T1 the costs add up to -3 + 5 = 2, of T2 to -1; one of T3 is unknown, T4 is no return. */
  @Test
  void aReturnWhoseCostsAreBelowZeroIsRefusedWithAllItsLines(SparkSession spark) {
    Dataset<Row> lines =
        frame(
            spark,
            COLUMNS + ", cost string",
            """
            ann | 2026-01-05 | T1 | RETURN | 10 | -3
            ann | 2026-01-05 | T1 | RETURN | 4  | 5
            ann | 2026-01-05 | T2 | RETURN | 3  | -2
            ann | 2026-01-05 | T2 | RETURN | 5  | 1
            bob | 2026-01-05 | T3 | RETURN | 7  | -2
            bob | 2026-01-05 | T3 | RETURN | 7  |
            bob | 2026-01-05 | T4 | SALE   | 1  | -2
            """);
    Dataset<Row> expected =
        frame(
            spark,
            CUSTOMERS,
            """
            ann | 2 | 14 | 0 | 0 | 2 | 8
            bob | 3 | 15 | 0 | 0 | 0 | 0
            """);
    Night night = Night.ofLines("inputs.transactions.columns.cost=cost");

    assertFrame(expected, customers(lines, night).select(columns(expected)));
    assertEquals(
        List.of("[negative_cost,-2]", "[negative_cost,1]"),
        QuarantineRows.of(lines, night.mapping(), Optional.empty(), LocalDate.parse(AS_OF), true)
            .selectExpr("reason", "get_json_object(source_row, '$.cost')")
            .collectAsList()
            .stream()
            .map(Row::toString)
            .sorted()
            .toList());
  }

  /** The same number on another day, or of a return, is another transaction. */
  @Test
  void aTransactionIsOneOfItsCustomerTypeAndDay(SparkSession spark) {
    Dataset<Row> lines =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | T1 | SALE   | 10
            ann | 2026-01-05 | T1 | RETURN | -4
            ann | 2026-01-06 | T1 | SALE   | -3
            bob | 2026-01-05 | T1 | SALE   | -2
            """);
    Dataset<Row> expected =
        frame(
            spark,
            CUSTOMERS,
            """
            ann | 1 | 10 | 0 | 0 | 2 | 7
            bob | 0 | 0  | 0 | 0 | 1 | 2
            """);

    assertFrame(expected, customers(lines, Night.ofLines()).select(columns(expected)));
  }

  /** Without its second delivery T1 adds up to 5 - 3 = 2; with it, it would to -1. */
  @Test
  void aLineDeliveredAgainDoesNotCountInItsTransaction(SparkSession spark) {
    Dataset<Row> lines =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | T1 | SALE | 5
            ann | 2026-01-05 | T1 | SALE | -3
            ann | 2026-01-05 | T1 | SALE | -3
            bob | 2026-01-05 | T2 | SALE | -3
            bob | 2026-01-05 | T2 | SALE | -3
            """);
    Dataset<Row> expected =
        frame(
            spark,
            CUSTOMERS,
            """
            ann | 2 | 8 | 1 | 3 | 0 | 0
            bob | 0 | 0 | 1 | 3 | 1 | 3
            """);

    Night night = Night.ofLines("inputs.transactions.key=[transaction_id, amount]");
    assertFrame(expected, customers(lines, night).select(columns(expected)));
  }

  /** T1 of 10 occurs on two days, T2 of 10 under two customers; T3 is delivered again. */
  @Test
  void aKeyOfSeveralTypesIsCountedWhereItStandsForSeveralEvents(SparkSession spark) {
    Dataset<Row> source =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | T1 | SALE | 10
            ann | 2026-01-06 | T1 | SALE | 10
            ann | 2026-01-05 | T2 | SALE | 10
            bob | 2026-01-05 | T2 | SALE | 10
            bob | 2026-01-05 | T3 | SALE | 10
            bob | 2026-01-05 | T3 | SALE | 10
            """);
    Night night = Night.with(ID, "inputs.transactions.key=[transaction_id, amount]");

    assertFrame(
        frame(spark, "repeated_keys bigint, contradicted_keys bigint", "2 | 0"),
        night.rows(source, AS_OF).repeatedKeys(Optional.empty()));
  }

  /** T1 came again with another amount, T2 with another type, T3 in two ways, T4 as it was. */
  @Test
  void aKeyThatCameAgainWithOtherContentIsCountedOnce(SparkSession spark) {
    Dataset<Row> source =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | T1 | SALE   | 10
            ann | 2026-01-05 | T1 | SALE   | 12
            ann | 2026-01-05 | T2 | SALE   | 10
            ann | 2026-01-05 | T2 | RETURN | 10
            bob | 2026-01-05 08:00 | T3 | SALE | 10
            bob | 2026-01-05 09:00 | T3 | SALE | 10
            bob | 2026-01-05 09:00 | T3 | SALE | 11
            bob | 2026-01-05 | T4 | SALE   | 10
            bob | 2026-01-05 | T4 | SALE   | 10.00
            bob | 2026-01-05 |    | SALE   | 1
            bob | 2026-01-05 |    | SALE   | 2
            """);

    assertEquals(
        List.of("[0,3]", "[0,null]"),
        Stream.of(Night.with(ID, TYPE), Night.with(ID, TYPE, PREFER))
            .map(it -> it.rows(source, AS_OF).repeatedKeys(Optional.empty()).first().toString())
            .toList());
  }

  /** Ann has two names and bob two rows that agree; those of the aliases are others anyway. */
  @Test
  void rowsOfOneCustomerThatContradictEachOtherAreCounted(SparkSession spark) {
    Sources sources =
        new Sources(
                Map.of(
                    InputTable.ALIASES,
                    frame(spark, "alias_id string, customer_id string", "ann1 | ann\nbob1 | bob")))
            .with(
                InputTable.CUSTOMERS,
                frame(
                    spark,
                    "customer_id string, display_name string, created_date string",
                    """
                    ann  | Ann   | 2026-01-05
                    ann  | Ann M | 2026-01-05
                    ann1 | A. M. | 2026-02-05
                    bob  | Bob   | 2026-01-05
                    bob  | Bob   | 2026-01-05
                    bob1 | Bobby | 2026-02-05
                    """));

    assertEquals(
        List.of("[0,1]", "[0,null]"),
        Stream.of(sources.night(), sources.night("inputs.customers.prefer=created_date"))
            .map(
                night ->
                    sources.rows(night, AS_OF).stream()
                        .filter(it -> it.table() == InputTable.CUSTOMERS)
                        .findFirst()
                        .orElseThrow()
                        .repeatedKeys(Optional.empty())
                        .first()
                        .toString())
            .toList());
  }

  @Test
  void whatIsReadIsUsedOrNotToTheLastDecimal(SparkSession spark) {
    Dataset<Row> source =
        spark.sql(
            """
            SELECT IF(id % 17 = 0, NULL, CONCAT('c', id % 7)) AS customer_id,
              IF(id % 19 = 0, 'soon', CAST(DATE_ADD(DATE'2026-01-01', INT(id % 80)) AS STRING))
                AS transaction_time,
              CONCAT('T', id % 90) AS transaction_id,
              IF(id % 23 = 0, 'GIFT', IF(id % 3 = 0, 'RETURN', 'SALE')) AS type,
              CAST((id * 7919 % 4001 - 900) AS DECIMAL(18,3)) / IF(id % 29 = 0, 1000, 100) AS amount
            FROM RANGE(1000)
            """);

    for (Night night :
        List.of(
            Night.with(TYPE, WHERE, "inputs.transactions.key=[transaction_id]", ID),
            Night.ofLines(WHERE, "inputs.transactions.key=[transaction_id, amount]"),
            Night.ofLines(WHERE))) {
      InputRows rows = night.rows(source, AS_OF);
      Dataset<Row> outcomes =
          rows.tallies().filter("outcome <> 'candidate'").selectExpr("rows", "amount");
      Dataset<Row> accounted =
          night
              .measures(rows, List.of(), AS_OF)
              .selectExpr(
                  "stack(3, tally_transactions_used_rows, tally_transactions_used_row_amount,"
                      + " tally_transactions_duplicate_rows,"
                      + " tally_transactions_duplicate_row_amount, tally_transactions_refused_rows,"
                      + " tally_transactions_refused_row_amount) as (rows, amount)")
              .selectExpr("rows", "cast(amount as decimal(38,18))")
              .union(outcomes);

      assertFrame(
          source.selectExpr(
              "count(*) as rows", "cast(sum(abs(amount)) as decimal(38,18)) as amount"),
          accounted.selectExpr(
              "coalesce(sum(rows), 0) as rows", "cast(sum(amount) as decimal(38,18)) as amount"));
    }
  }

  private static Dataset<Row> customers(Dataset<Row> lines, Night night) {
    return night.measures(night.rows(lines, AS_OF), List.of(), AS_OF);
  }

  private static Column[] columns(Dataset<Row> expected) {
    return Arrays.stream(expected.columns()).map(functions::col).toArray(Column[]::new);
  }
}
