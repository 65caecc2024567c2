package io.karat.measures;

import static io.karat.measures.Uses.lastDays;
import static io.karat.measures.Uses.lifetime;
import static io.karat.measures.Uses.use;
import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.MeasureSettings.Per;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class CustomerMeasuresTest {
  private static final String AS_OF = "2026-03-01";
  private static final Period LIFETIME = lifetime(AS_OF);
  private static final String COST = "inputs.transactions.columns.cost=cost";
  private static final String PRODUCT = "inputs.transactions.columns.product_id=product_id";
  private static final String CHANNEL = "inputs.transactions.columns.channel=channel";
  private static final String COLUMNS =
      "customer_id string, transaction_time date, transaction_id string, type string,"
          + " amount decimal(10,2), cost decimal(10,2), product_id string, channel string";

  private static final String LINES =
      """
      ann | 2026-01-05 | T1 | SALE   | 10 | 4 | A | WEB
      ann | 2026-01-05 | T1 | SALE   | -3 |   | B | WEB
      ann | 2026-01-05 | T2 | SALE   | 5  | 2 | A | SHOP
      ann | 2026-02-10 | T3 | RETURN | 4  | 1 | A | SHOP
      bob | 2026-02-28 | T4 | RETURN | 9  |   | C |
      """;

  /** Ann: 10 - 3 + 5 = 12 of sales on four rows, three of which have a cost: 4 + 2 + 1 = 7. */
  @Test
  void perRowEachLineCountsOnItsOwn(SparkSession spark) {
    assertMeasures(
        spark,
        """
        ann | 4 | 3 | 12 | 7 | -3 | 10 | 2026-02-10
        bob | 1 | 0 | 0  | 0 | 9  | 9  | 2026-02-28
        """,
        "rows bigint, costed bigint, sales decimal(38,2), cost decimal(38,2), least decimal(38,2),"
            + " most decimal(38,2), latest date",
        use("rows", Per.ROW, "count 1", LIFETIME),
        use("costed", Per.ROW, "count cost", LIFETIME),
        use("sales", Per.ROW, "sum amount where type = 'SALE'", LIFETIME),
        use("cost", Per.ROW, "sum cost", LIFETIME),
        use("least", Per.ROW, "min amount", LIFETIME),
        use("most", Per.ROW, "max amount", LIFETIME),
        use("latest", Per.ROW, "max day", LIFETIME));
  }

  /** T1 is 10 - 3 = 7 with two lines and without a known cost, T2 is 5. */
  @Test
  void perTransactionItsLinesAreAddedUpFirst(SparkSession spark) {
    assertMeasures(
        spark,
        """
        ann | 2 | 12 | 5 | 7 | 2 | 2 | T2
        bob | 0 | 0  |   |   | 0 | 1 |
        """,
        "sales bigint, amount decimal(38,2), least decimal(38,2), most decimal(38,2),"
            + " costed bigint, lines int, latest string",
        use("sales", Per.TRANSACTION, "count 1 where type = 'SALE'", LIFETIME),
        use("amount", Per.TRANSACTION, "sum amount where type = 'SALE'", LIFETIME),
        use("least", Per.TRANSACTION, "min amount where type = 'SALE'", LIFETIME),
        use("most", Per.TRANSACTION, "max amount where type = 'SALE'", LIFETIME),
        use("costed", Per.TRANSACTION, "count cost", LIFETIME),
        use("lines", Per.TRANSACTION, "max int(line_count)", LIFETIME),
        use("latest", Per.TRANSACTION, "max transaction_id where type = 'SALE'", LIFETIME));
  }

  /**
   * Ann's rows of sales are 10, 5 and -3, her transactions 7 and 5; she bought on only one day. Her
   * other 4, and Bob's returns, are not sales.
   */
  @Test
  void theTwoLargestAreThoseOfRowsOrOfWhatRowsAddUpTo(SparkSession spark) {
    assertMeasures(
        spark,
        """
        ann | 15 | 12 | 12 | 4 | 3 | 7.5
        bob |    |    |    | 9 | 1 |
        """,
        "rows decimal(38,2), transactions decimal(38,2), days decimal(38,2),"
            + " recent decimal(38,2), lines bigint, halves decimal(38,3)",
        use("rows", Per.ROW, "two_largest amount where type = 'SALE'", LIFETIME),
        use("transactions", Per.TRANSACTION, "two_largest amount where type = 'SALE'", LIFETIME),
        use("days", Per.DAY, "two_largest sales_amount where sale_count > 0", LIFETIME),
        use("recent", Per.ROW, "two_largest amount", lastDays(30, AS_OF)),
        use("lines", Per.TRANSACTION, "two_largest line_count", LIFETIME),
        use("halves", Per.ROW, "two_largest amount * 0.5 where type = 'SALE'", LIFETIME));
  }

  /** Ann's days: 5 January with 12 of sales, 10 February with 4 of returns, 12 - 4 = 8 in all. */
  @Test
  void perDayItsTransactionsAreAddedUpFirst(SparkSession spark) {
    assertMeasures(
        spark,
        """
        ann | 1 | 2026-01-05 | 8  | -4 | 12 | 1 | 12 | 4
        bob | 0 |            | -9 | -9 | 0  | 1 | -9 | 9
        """,
        "sale_days bigint, first_sale date, net decimal(38,2), worst decimal(38,2),"
            + " best decimal(38,2), returns bigint, first_net decimal(38,2),"
            + " first_return decimal(38,2)",
        use("sale_days", Per.DAY, "count 1 where sale_count > 0", LIFETIME),
        use("first_sale", Per.DAY, "min day where sale_count > 0", LIFETIME),
        use("net", Per.DAY, "sum net_sales_amount", LIFETIME),
        use("worst", Per.DAY, "min net_sales_amount", LIFETIME),
        use("best", Per.DAY, "max sales_amount", LIFETIME),
        use("returns", Per.DAY, "sum return_count", LIFETIME),
        use("first_net", Per.DAY, "first net_sales_amount", LIFETIME),
        use("first_return", Per.DAY, "first return_amount where return_count > 0", LIFETIME));
  }

  /** WEB sold 10 - 3 = 7 to Ann, SHOP 5. Bob bought nothing that he did not return. */
  @Test
  void perProductAndChannelNamesAreCountedAndCompared(SparkSession spark) {
    assertMeasures(
        spark,
        """
        ann | 2 | 1 | WEB  | SHOP
        bob | 0 | 1 |      |
        """,
        "products bigint, returned bigint, channel string, returning string",
        use("products", Per.PRODUCT, "count 1 where type = 'SALE'", LIFETIME),
        use("returned", Per.PRODUCT, "count 1 where type = 'RETURN'", LIFETIME),
        use("channel", Per.CHANNEL, "largest amount where type = 'SALE'", LIFETIME),
        use("returning", Per.CHANNEL, "largest amount where type = 'RETURN'", LIFETIME));
  }

  @Test
  void ofEquallyLargeChannelsTheFirstByNameIsTheMainOne(SparkSession spark) {
    Dataset<Row> lines =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | T1 | SALE | 10 | | A | WEB
            ann | 2026-01-05 | T2 | SALE | 4  | | A | SHOP
            ann | 2026-01-06 | T3 | SALE | 6  | | A | SHOP
            bob | 2026-01-05 | T4 | SALE | 10 | |   |
            bob | 2026-01-05 | T5 | SALE | 0  | |   | FAIR
            cat | 2026-01-05 | T6 | SALE | 10 | |   |
            """);

    assertMeasures(
        lines,
        """
        ann | SHOP | 1
        bob | FAIR | 0
        cat |      | 0
        """,
        "channel string, products bigint",
        use("channel", Per.CHANNEL, "largest amount", LIFETIME),
        use("products", Per.PRODUCT, "count 1", LIFETIME));
  }

  /** Ann's two WEB sales are 10 together, her three SHOP sales 6. */
  @Test
  void theMainChannelIsTheLargestInWhateverIsAddedUp(SparkSession spark) {
    Dataset<Row> lines =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | T1 | SALE | 5 | | A | WEB
            ann | 2026-01-05 | T2 | SALE | 5 | | A | WEB
            ann | 2026-01-06 | T3 | SALE | 2 | | A | SHOP
            ann | 2026-01-06 | T4 | SALE | 2 | | A | SHOP
            ann | 2026-01-06 | T5 | SALE | 2 | | B | SHOP
            """);

    assertMeasures(
        lines,
        "ann | WEB | SHOP | 1",
        "by_amount string, by_rows string, dear_products bigint",
        use("by_amount", Per.CHANNEL, "largest amount", LIFETIME),
        use("by_rows", Per.CHANNEL, "largest 1", LIFETIME),
        use("dear_products", Per.PRODUCT, "count nullif(amount, 2)", LIFETIME));
  }

  /** A refused transaction counts nowhere, nor do its products and channels. */
  @Test
  void aRefusedTransactionLeavesNothingBehind(SparkSession spark) {
    Dataset<Row> lines =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | T1 | SALE | 10  | 1 | A | WEB
            ann | 2026-01-06 | T2 | SALE | 10  | 1 | B | SHOP
            ann | 2026-01-06 | T2 | SALE | -11 | 1 | C | SHOP
            bob | 2026-01-05 | T3 | SALE | -1  | 1 | A | WEB
            """);

    assertMeasures(
        lines,
        """
        ann | 1 | 1 | 1 | 10 | 1 | WEB
        bob | 0 | 0 | 0 | 0  | 0 |
        """,
        "rows bigint, transactions bigint, days bigint, amount decimal(38,2), products bigint,"
            + " channel string",
        use("rows", Per.ROW, "count 1", LIFETIME),
        use("transactions", Per.TRANSACTION, "count 1", LIFETIME),
        use("days", Per.DAY, "count 1", LIFETIME),
        use("amount", Per.ROW, "sum amount", LIFETIME),
        use("products", Per.PRODUCT, "count 1", LIFETIME),
        use("channel", Per.CHANNEL, "largest amount", LIFETIME));
  }

  /** The 365 days to 1 March 2026 begin on 2 March 2025. */
  @Test
  void aWindowHoldsItsFirstDayButNotTheDayBefore(SparkSession spark) {
    Dataset<Row> lines =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2025-03-02 | T1 | SALE | 1   | | A | WEB
            ann | 2026-03-01 | T2 | SALE | 2   | | A | WEB
            bob | 2025-03-01 | T3 | SALE | 100 | | B | SHOP
            """);
    Period year = lastDays(365, AS_OF);

    assertMeasures(
        lines,
        """
        ann | 3 | 3   | 2 | 2 | 2025-03-02 | 1 | WEB
        bob | 0 | 100 |   | 0 |            | 0 |
        """,
        "amount decimal(38,2), ever decimal(38,2), most decimal(38,2), days bigint, earliest date,"
            + " products bigint, channel string",
        use("amount", Per.ROW, "sum amount", year),
        use("ever", Per.ROW, "sum amount", LIFETIME),
        use("most", Per.TRANSACTION, "max amount", year),
        use("days", Per.DAY, "count 1", year),
        use("earliest", Per.DAY, "min day", year),
        use("products", Per.PRODUCT, "count 1", year),
        use("channel", Per.CHANNEL, "largest amount", year));
  }

  /** Whole months inside the 60 days to 1 March 2026 (from 1 January): January and February. */
  @Test
  void wholeMonthsLeaveOutTheMonthThatHasBegun(SparkSession spark) {
    Dataset<Row> lines =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-01 | T1 | SALE | 1   | | A | WEB
            ann | 2026-02-28 | T2 | SALE | 2   | | B | WEB
            ann | 2026-03-01 | T3 | SALE | 100 | | B | SHOP
            bob | 2026-03-01 | T4 | SALE | 100 | | C | SHOP
            """);
    Period months = lastDays(60, AS_OF).wholeMonths();

    assertMeasures(
        lines,
        """
        ann | 3 | 2 | WEB
        bob | 0 | 0 |
        """,
        "amount decimal(38,2), products bigint, channel string",
        use("amount", Per.ROW, "sum amount", months),
        use("products", Per.PRODUCT, "count 1", months),
        use("channel", Per.CHANNEL, "largest amount", months));
  }

  /** 12 x 999,999,999,999,999,999 = 11,999,999,999,999,999,988, above 2^63 = 9.2e18. */
  @Test
  void sumsOfMoneyBeyondALongStayExact(SparkSession spark) {
    Dataset<Row> source =
        spark.sql(
            """
            SELECT 'ann' AS customer_id, DATE'2026-01-31' AS transaction_time,
              999999999999999999BD AS amount FROM RANGE(12)
            """);
    List<Measure.Use> uses =
        List.of(
            use("amount", Per.ROW, "sum amount", LIFETIME),
            use("by_month", Per.ROW, "sum amount * month_number", LIFETIME));

    Row sums = Night.with("money_scale=0").measures(source, uses, Set.of(), AS_OF).first();

    assertEquals("11999999999999999988", sums.getDecimal(1).toString());
    // January 2026 is month 12 x 2026 + 1 = 24313; 24313 x 11,999,999,999,999,999,988.
    assertEquals("291755999999999999708244", sums.getDecimal(2).toString());
  }

  /** 200,000 amounts of 4,294,967,295 minor units, the largest number of the lower half. */
  @Test
  void sumsOfManyAmountsTimesMonthsDoNotOverflow(SparkSession spark) {
    Dataset<Row> source =
        spark.sql(
            """
            SELECT 'ann' AS customer_id, DATE'2026-01-31' AS transaction_time,
              4294967295L AS amount FROM RANGE(200000)
            """);
    List<Measure.Use> uses =
        List.of(use("by_month", Per.ROW, "sum amount * month_number", LIFETIME));

    Row sums = Night.with("money_scale=0").measures(source, uses, Set.of(), AS_OF).first();

    // 200,000 x 24313 x 4,294,967,295
    assertEquals(
        new BigDecimal(4_294_967_295L).multiply(new BigDecimal(200_000L * 24_313)),
        sums.getDecimal(1));
  }

  /**
   * 1/3 is rounded to 0.333333 before it is added, three times that is 0.999999; √3 is 1.732051.
   */
  @Test
  void otherFractionsKeepSixDecimalsBeforeTheyAreAdded(SparkSession spark) {
    Dataset<Row> lines =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | T1 | SALE | 3 | 1    | A | WEB
            ann | 2026-01-05 | T2 | SALE | 3 | 1    | A | WEB
            ann | 2026-01-05 | T3 | SALE | 3 | 1    | A | WEB
            ann | 2026-01-05 | T4 | SALE | 0 | 1    | A | WEB
            """);

    assertMeasures(
        lines,
        "ann | 0.999999 | 1.732051 | 3 | 1.5 | 24313",
        "doubles decimal(38,6), roots decimal(38,6), known bigint, halves decimal(21,4),"
            + " month int",
        use("doubles", Per.ROW, "sum double(cost) / double(amount)", LIFETIME),
        use("roots", Per.ROW, "max sqrt(double(amount))", LIFETIME),
        use("known", Per.ROW, "count cost / amount", LIFETIME),
        use("halves", Per.ROW, "max amount * 0.50", LIFETIME),
        use("month", Per.ROW, "min month_number", LIFETIME));
  }

  /** Internal column names do not collide with those of configured measures. */
  @Test
  void aMeasureMayHaveAnyName(SparkSession spark) {
    assertMeasures(
        spark,
        """
        ann | 4 | 16 | 7 | 1 | 2
        bob | 1 | 9  | 0 | 1 | 1
        """,
        "line_count bigint, transaction_amount decimal(38,2), transaction_cost decimal(38,2),"
            + " uncosted_lines bigint, day bigint",
        use("line_count", Per.ROW, "count 1", LIFETIME),
        use("transaction_amount", Per.ROW, "sum amount", LIFETIME),
        use("transaction_cost", Per.ROW, "sum cost", LIFETIME),
        use("uncosted_lines", Per.ROW, "count 1 where cost IS NULL", LIFETIME),
        use("day", Per.DAY, "count 1", LIFETIME));
  }

  private static void assertMeasures(
      SparkSession spark, String expected, String types, Measure.Use... uses) {
    assertMeasures(frame(spark, COLUMNS, LINES), expected, types, uses);
  }

  private static void assertMeasures(
      Dataset<Row> lines, String expected, String types, Measure.Use... uses) {
    Night night = Night.ofLines(COST, PRODUCT, CHANNEL);
    Dataset<Row> customers =
        night.measures(lines, List.of(uses), Set.of("cost", "product_id", "channel"), AS_OF);
    Column[] columns = new Column[uses.length + 1];
    Arrays.setAll(
        columns,
        i ->
            i == 0
                ? functions.col("customer_id")
                : functions.col(uses[i - 1].column()).as(uses[i - 1].measure().name()));
    assertFrame(
        frame(lines.sparkSession(), "customer_id string, " + types, expected),
        customers.select(columns));
  }
}
