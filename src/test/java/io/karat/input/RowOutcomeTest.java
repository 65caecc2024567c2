package io.karat.input;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of the outcome of transactions as of 1 March 2026; each source row names the one it
 * expects.
 */
@ExtendWith(LocalSpark.class)
class RowOutcomeTest {
  private static final String COLUMNS =
      "customer_id string, transaction_time string, amount string, type string, expected string";
  private static final String TYPED = "inputs.transactions.columns.type=type";
  private static final String EXPECTED = "inputs.transactions.key=[expected]";

  private final Night night = Night.with(TYPED, EXPECTED);

  @Test
  void aBrokenRowHasTheFirstReasonThatApplies(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
                | soon       | abc   | GIFT | missing_customer
            ann | soon       | abc   | GIFT | unreadable_time
            ann | 1969-12-31 | abc   | GIFT | unreadable_amount
            ann | 1969-12-31 | -1.23 | GIFT | negative_amount
            ann | 1969-12-31 | 1.23  | GIFT | unknown_type
            ann | 1969-12-31 | 1.23  | SALE | ancient_date
            """);

    assertExpected(rows, night);
  }

  @Test
  void anAmountIsUnreadableThenNegativeThenTooLargeThenTooFine(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 |                    | SALE | unreadable_amount
            ann | 2026-01-05 | -0.01              | SALE | negative_amount
            ann | 2026-01-05 | -1e30              | SALE | negative_amount
            ann | 2026-01-05 | -1.234             | SALE | negative_amount
            ann | 2026-01-05 | 10000000000000000.123 | SALE | overflowing_amount
            ann | 2026-01-05 | 1.234              | GIFT | too_many_decimals
            """);

    assertExpected(rows, night);
  }

  @Test
  void aDayIsUsedFromTheSecondOfJanuary1970ToTheAsOfDay(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 1970-01-01          | 1   | SALE | ancient_date
            ann | 1970-01-02          | 1   | SALE | candidate
            ann | 2026-03-01 23:59:59 | 1   | SALE | candidate
            ann | 2026-03-02          | 1   | SALE | after_as_of
            ann | 2026-03-02          | abc | SALE | unreadable_amount
            ann |                     | 1   | SALE | unreadable_time
            """);

    assertExpected(rows, night);
  }

  @Test
  void aTypeIsReadInAnyCaseAndMayNotBeMissingWhereItIsMapped(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | 1 | SALE   | candidate
            ann | 2026-01-05 | 1 | Return | candidate
            ann | 2026-01-05 | 0 | sale   | candidate
            ann | 2026-01-05 | 1 | REFUND | unknown_type
            ann | 2026-01-05 | 1 |        | unknown_type
            """);

    assertExpected(rows, night);
  }

  /** What cannot be seen at the ends of a type is no part of it, as with ids. */
  @ParameterizedTest
  @ValueSource(
      strings = {" ", "\t", "\r", "\u00a0", "\u3000", "\u2009", "\u200b", "\ufeff", "\u0000"})
  void aTypeHasNoBlanksAtItsEnds(String blank, SparkSession spark) {
    Dataset<Row> rows =
        spark
            .sql("SELECT 'ann' customer_id, '2026-01-05' transaction_time, 1 amount")
            .select(col("*"), lit(blank + "Return" + blank).as("type"), lit("").as("expected"));

    assertEquals(
        "[RETURN,candidate]",
        judged(rows, night).select("type", "outcome").collectAsList().get(0).toString());
  }

  @Test
  void everyRowIsASaleWhereNoTypeIsMapped(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | 1 | GIFT | candidate
            ann | 2026-01-05 | 1 |      | candidate
            """);

    Night untyped = Night.with(EXPECTED);
    assertExpected(rows, untyped);
    assertEquals(
        List.of("[SALE]", "[SALE]"),
        judged(rows, untyped).select("type").collectAsList().stream().map(Row::toString).toList());
  }

  @Test
  void aConditionThatIsNotTrueExcludesBeforeAnythingIsJudged(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS,
            """
            ann | soon       | abc | GIFT | excluded
                | soon       | abc | GIFT | excluded
            ann | 2026-03-02 | 1   | SALE | excluded
            bob | 2026-01-05 | 1   | SALE | candidate
            bob | 2026-01-05 | abc | SALE | unreadable_amount
            """);

    assertExpected(
        rows, Night.with(TYPED, EXPECTED, "inputs.transactions.where=customer_id > 'b'"));
  }

  @Test
  void aCustomerOfBlanksOnlyIsMissing(SparkSession spark) {
    Dataset<Row> rows =
        spark.sql(
            """
            SELECT *, '2026-01-05' AS transaction_time, 1 AS amount, 'SALE' AS type
            FROM VALUES ('', 'missing_customer'), ('  ', 'missing_customer'),
              ('\\t', 'missing_customer'), ('\\u3000', 'missing_customer'),
              ('\\u00a0', 'missing_customer'), ('0', 'candidate'), ('~', 'candidate'),
              ('~1', 'candidate'), (' 7', 'candidate'), ('\\t!', 'candidate'),
              ('é', 'candidate'), ('客', 'candidate')
              AS rows (customer_id, expected)
            """);

    assertExpected(rows, night);
  }

  @Test
  void aNegativeLineIsNotRefusedOnItsOwn(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS + ", transaction_id string",
            """
            ann | 2026-01-05 | -1.23  | SALE | candidate          | T1
            ann | 2026-01-05 | -1e30  | SALE | overflowing_amount | T1
            ann | 2026-01-05 | -1.234 | SALE | too_many_decimals  | T1
            """);

    assertExpected(rows, Night.ofLines(EXPECTED));
  }

  @Test
  void aCostMayBeMissingOrNegativeButNotUnreadable(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS + ", cost string",
            """
            ann | 2026-01-05 | 1  | SALE | candidate          |
            ann | 2026-01-05 | 1  | SALE | candidate          | -2.50
            ann | 2026-01-05 | -1 | SALE | unreadable_amount  | abc
            ann | 2026-01-05 | -1 | SALE | negative_amount    | 1e30
            ann | 2026-01-05 | 1  | SALE | overflowing_amount | -1e30
            ann | 2026-01-05 | 1  | GIFT | too_many_decimals  | 0.001
            """);

    assertExpected(rows, Night.with(TYPED, EXPECTED, "inputs.transactions.columns.cost=cost"));
  }

  /** A cost of a return is taken off those of sales, so that a sign would count it twice. */
  @Test
  void theCostOfAReturnIsNotNegative(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            COLUMNS + ", cost string",
            """
            ann | 2026-01-05 | 1  | RETURN | negative_cost      | -2.50
            ann | 2026-01-05 | 1  | return | overflowing_amount | -1e30
            ann | 2026-01-05 | -1 | RETURN | negative_amount    | -2.50
            ann | 2026-01-05 | 1  | RETURN | candidate          | 2.50
            ann | 2026-01-05 | 1  | RETURN | candidate          |
            ann | 2026-01-05 | 1  | SALE   | candidate          | -2.50
            """);

    assertExpected(rows, Night.with(TYPED, EXPECTED, "inputs.transactions.columns.cost=cost"));
  }

  @Test
  void whatAMappingCannotComputeQuarantinesTheRow(SparkSession spark) {
    Dataset<Row> rows =
        frame(
            spark,
            "customer_id string, day string, price string, expected string",
            """
            ann | 28/02/2026 | 12.30 | candidate
            ann | 31/02/2026 | 12.30 | unreadable_time
            ann | 28/02/2026 | abc   | unreadable_amount
            ann | 28/02/2026 | 1e30  | unreadable_amount
            """);
    Night mapped =
        Night.with(
            EXPECTED,
            "inputs.transactions.columns.transaction_time=to_date(day, 'dd/MM/yyyy')",
            "inputs.transactions.columns.amount=CAST(price AS DECIMAL(18,2))");

    assertExpected(rows, mapped);
  }

  /** Letters, words and signs behind a number may mean that it is below zero. */
  @Test
  void anAmountWithMoreThanANumberIsUnreadableUntilItIsConverted(SparkSession spark) {
    String amounts =
        """
        ann | 2026-01-05 | 100.00 CR | SALE | %1$s
        ann | 2026-01-05 | 100.00CR  | SALE | %1$s
        ann | 2026-01-05 | 100.00 DR | SALE | %2$s
        ann | 2026-01-05 | 100.00D   | SALE | %2$s
        ann | 2026-01-05 | 100.00 H  | SALE | %2$s
        ann | 2026-01-05 | 100.00    | SALE | candidate
        """;
    String converted =
        "inputs.transactions.columns.amount=concat(if(amount LIKE '%CR', '-', ''),"
            + " regexp_replace(amount, '[^0-9.]', ''))";

    assertExpected(
        frame(spark, COLUMNS, amounts.formatted("unreadable_amount", "unreadable_amount")), night);
    assertExpected(
        frame(spark, COLUMNS, amounts.formatted("negative_amount", "candidate")),
        Night.with(TYPED, EXPECTED, converted));
  }

  @Test
  void everyReasonHasItsPlace() {
    assertEquals(
        "[unreadable_row, unreadable_text, missing_customer, missing_market, unreadable_time,"
            + " unreadable_amount, negative_amount, overflowing_amount, too_many_decimals,"
            + " negative_cost, invalid_probability, unknown_type, ancient_date]",
        Arrays.stream(QuarantineReason.values()).map(QuarantineReason::code).toList().toString());
  }

  private static void assertExpected(Dataset<Row> rows, Night night) {
    Dataset<Row> judged = judged(rows, night);
    assertFrame(judged.selectExpr("raw", "key_0 as outcome"), judged.selectExpr("raw", "outcome"));
  }

  private static Dataset<Row> judged(Dataset<Row> rows, Night night) {
    MappedRows mapped = MappedRows.of(rows, night.mapping(), List.of());
    List<String> kept = List.of("key_0", "raw_customer_id", "raw_amount");
    return new ValidatedRows(mapped, LocalDate.of(2026, 3, 1))
        .rows(kept)
        .selectExpr("*", "concat_ws('/', raw_customer_id, day, raw_amount) as raw");
  }
}
