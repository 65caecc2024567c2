package io.karat.indicators;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;

import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class TradingIndicatorsTest {
  private static final String AS_OF = "2026-03-01";
  private static final String TYPE = "inputs.transactions.columns.type=type";
  private static final String COST = "inputs.transactions.columns.cost=cost";
  private static final String COLUMNS =
      "customer_id string, transaction_time date, type string, amount decimal(10,2)";

  private final Night priced =
      Night.with(
          TYPE,
          "inputs.transactions.columns.product_id=product_id",
          "inputs.transactions.columns.quantity=quantity",
          "inputs.transactions.columns.discount=discount",
          "buyer_types={}");
  private final Night night = Night.with(TYPE);

  /** Ann's sales are 100 + 50; 30 / 150 = 0.2 came back; her average is 150 / 2. */
  @Test
  void salesAndReturnsAreCountedAndAddedUp(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | SALE   | 100
            ann | 2026-01-05 | SALE   | 50
            ann | 2026-02-10 | RETURN | 30
            bob | 2025-12-24 | RETURN | 20
            cat | 2025-03-01 | SALE   | 70
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, transaction_count_365d bigint, sales_amount_365d decimal(18,2),"
                + " net_sales_amount_365d decimal(18,2), return_count_365d bigint,"
                + " return_amount_365d decimal(18,2), return_rate_365d decimal(18,6),"
                + " average_transaction_amount_365d decimal(18,6),"
                + " maximum_transaction_amount_365d decimal(18,2),"
                + " transaction_day_count_365d bigint",
            """
            ann | 2 | 150 | 120 | 1 | 30 | 0.2 | 75 | 100 | 1
            bob | 0 | 0   | -20 | 1 | 20 |     |    |     | 0
            cat | 0 | 0   | 0   | 0 | 0  |     |    |     | 0
            """);

    assertIndicators(expected, night, transactions, AS_OF);
  }

  /**
   * In January 40 nuts cost 100 together, 2.50 each: ann's 30 would be 75, so 60 is 0.8 of it;
   * bob's 10 would be 25, for 40. Ann is alone with bolts and with February. Cat says no quantity,
   * and a return has no price. Ann's 30 nuts were 75 before discounts of 15; a tenth of all of
   * hers.
   */
  @Test
  void unitPricesAreThoseOfTheSameProductAndMonth(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS + ", product_id string, quantity decimal(10,3), discount decimal(10,2)",
            """
            ann | 2026-01-05 | SALE   | 60 | nut  | 30   | 15
            bob | 2026-01-31 | SALE   | 40 | nut  | 10   |
            ann | 2026-01-31 | SALE   | 70 | bolt | 0.07 | 0
            ann | 2026-02-01 | SALE   | 5  | nut  | 1    |
            ann | 2026-02-02 | RETURN | 5  | nut  | 1    |
            cat | 2026-02-01 | SALE   | 9  | nut  |      | 1
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, price_level_365d decimal(18,6), discount_share_365d decimal(18,6)",
            """
            ann | 0.9      | 0.1
            bob | 1.6      | 0
            cat |          | 0.1
            """);

    assertIndicators(expected, priced, transactions, AS_OF);
  }

  /** 800 billion tons cost 8 trillion, 10 each: their product has more digits than a long. */
  @Test
  void unitPricesOfLargeNumbersAreExact(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS.replaceAll("decimal\\(\\d+,\\d\\)", "decimal(18,2)")
                + ", product_id string, quantity decimal(18,3), discount decimal(10,2)",
            """
            ann | 2026-01-05 | SALE | 6000000000000 | ore | 500000000000 |
            bob | 2026-01-31 | SALE | 2000000000000 | ore | 300000000000 |
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, price_level_365d decimal(18,6)",
            """
            ann | 1.2
            bob | 0.666667
            """);

    assertIndicators(expected, priced, transactions, AS_OF);
  }

  /** An amount may have 18 digits; an average of six decimals has at most 12 before the point. */
  @Test
  void anAverageThatIsTooLargeIsUnknownAndTheSumIsNot(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS.replaceAll("decimal\\(\\d+,\\d\\)", "decimal(18,2)"),
            """
            ann | 2026-01-05 | SALE   | 9999999999999999.99
            ann | 2026-02-10 | RETURN | 9000000000000000
            bob | 2026-01-05 | SALE   | 1000000000000
            cat | 2026-01-05 | SALE   | 999999999999.99
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, net_sales_amount_365d decimal(18,2),"
                + " return_rate_365d decimal(18,6), average_transaction_amount_365d decimal(18,6)",
            """
            ann | 999999999999999.99 | 0.9 |
            bob | 1000000000000      | 0   |
            cat | 999999999999.99    | 0   | 999999999999.99
            """);

    assertIndicators(expected, night, transactions, AS_OF);
  }

  /** Ann's two largest are 100 and 100, one of them long ago; Bob has only one. */
  @Test
  void theTwoLargestTransactionsAreAddedUpOverAllDays(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2020-01-05 | SALE   | 100
            ann | 2026-01-05 | SALE   | 100
            ann | 2026-01-05 | SALE   | 99.99
            ann | 2026-02-10 | RETURN | 300
            ann | 2026-03-02 | SALE   | 500
            bob | 2025-12-24 | SALE   | 20.50
            cat | 2025-03-01 | RETURN | 70
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, largest_two_transactions_amount decimal(18,2)",
            """
            ann | 200
            bob | 20.50
            cat |
            """);

    assertIndicators(expected, night, transactions, AS_OF);
  }

  /** From 1 January to 1 March are 31 + 28 = 59 days; (10 February - 1 January) / (3 - 1) = 20. */
  @Test
  void daysAreCountedFromSalesNotFromReturns(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-01 | SALE   | 1
            ann | 2026-01-11 | SALE   | 1
            ann | 2026-01-11 | SALE   | 1
            ann | 2026-02-10 | SALE   | 0
            ann | 2026-02-28 | RETURN | 1
            cat | 2026-02-28 | RETURN | 1
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, tenure_days int, first_sale_date date, last_sale_date date,"
                + " recency_days int, average_transaction_interval_days_365d decimal(18,6)",
            """
            ann | 59 | 2026-01-01 | 2026-02-10 | 19 | 20
            cat |    |            |            |    |
            """);

    assertIndicators(expected, night, transactions, AS_OF);
  }

  /**
   * Bob's sale on 5 January 2025 is 365 + 55 days before 1 March 2026, beyond the window, and 14
   * times 30 days. Cas bought on 1 and 31 January 2026, every 30 days, and dan on 1 January and 31
   * March 2025: 335 days are 2.5 times 1.5 x 89.
   */
  @Test
  void tenureAndRecencyLookBeyondTheWindow(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-03-01 | SALE | 1
            bob | 2025-01-05 | SALE | 1
            cas | 2026-01-01 | SALE | 1
            cas | 2026-01-31 | SALE | 1
            dan | 2025-01-01 | SALE | 1
            dan | 2025-03-31 | SALE | 1
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, tenure_days int, recency_days int, lateness decimal(18,6),"
                + " transaction_count_365d bigint,"
                + " average_transaction_interval_days_365d decimal(18,6)",
            """
            ann | 0   | 0   | 1        | 1 |
            bob | 420 | 420 | 14       | 0 |
            cas | 59  | 29  | 1        | 2 | 30
            dan | 424 | 335 | 2.509363 | 1 |
            """);

    assertIndicators(expected, night, transactions, AS_OF);
  }

  /**
   * Ann: net sales 100 - 20 = 80, net cost 60 - 12 = 48, profit 32, margin 32 / 80. Cat: -5 + 3,
   * without a margin because net sales are not positive. Dan's unknown cost is older than a year.
   */
  @Test
  void profitIsUnknownWhereACostIs(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS + ", cost decimal(10,2)",
            """
            ann | 2026-01-05 | SALE   | 100 | 60
            ann | 2026-01-06 | RETURN | 20  | 12
            bob | 2026-01-05 | SALE   | 10  |
            cat | 2026-01-05 | RETURN | 5   | 3
            dan | 2025-02-01 | SALE   | 10  |
            dan | 2026-02-01 | SALE   | 10  | 4
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, profit_365d decimal(18,2), gross_margin_365d decimal(18,6),"
                + " profit_lifetime decimal(18,2)",
            """
            ann | 32 | 0.4 | 32
            bob |    |     |
            cat | -2 |     | -2
            dan | 6  | 0.6 |
            """);

    Night costed = Night.with(TYPE, COST, "indicators.windows=[365d, lifetime]");
    assertIndicators(expected, costed, transactions, AS_OF);
  }

  /** 0.01 / 20,000 = 0.0000005 is rounded up, 0.01 / 20,000.01 down; 0.02 / 3 = 0.00666667. */
  @Test
  void ratiosAreRoundedHalfUpToSixDecimals(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-05 | SALE   | 20000
            ann | 2026-01-06 | RETURN | 0.01
            bob | 2026-01-05 | SALE   | 20000.01
            bob | 2026-01-06 | RETURN | 0.01
            cat | 2026-01-05 | SALE   | 3
            cat | 2026-01-06 | RETURN | 0.02
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, return_rate_365d decimal(18,6)",
            """
            ann | 0.000001
            bob | 0
            cat | 0.006667
            """);

    assertIndicators(expected, night, transactions, AS_OF);
  }

  @Test
  void productsAndTheMainChannelAreThoseOfTheWindow(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS + ", product_id string, channel string",
            """
            ann | 2025-06-01 | SALE   | 100 | A | SHOP
            ann | 2026-01-05 | SALE   | 5   | B | WEB
            ann | 2026-01-06 | SALE   | 5   | A | FAIR
            ann | 2026-01-07 | RETURN | 9   | C | SHOP
            bob | 2025-06-01 | SALE   | 1   | A |
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, product_count_90d bigint, product_count_365d bigint,"
                + " main_channel_90d string, main_channel_365d string",
            """
            ann | 2 | 2 | FAIR | SHOP
            bob | 0 | 1 |      |
            """);

    assertIndicators(
        expected,
        Night.with(
            TYPE,
            "inputs.transactions.columns.product_id=product_id",
            "inputs.transactions.columns.channel=channel",
            "indicators.windows=[90d, 365d]"),
        transactions,
        AS_OF);
  }

  /**
   * The slope over three months is (last - first) / 2. In the whole months March, April, May:
   *
   * <pre>
   * ann  10, 20, 30      slope 10,  mean 20      10 / 20 = 0.5
   * bob  30,  0, 30      slope 0                       0
   * cat  100, 50 - 25, 0 slope -50, mean 125/3   -50 * 3 / 125 = -1.2
   * </pre>
   */
  @Test
  void theTrendIsTheSlopeOfNetSalesAsAShareOfTheMeanMonth(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-02-28 | SALE   | 999
            ann | 2026-03-01 | SALE   | 10
            ann | 2026-04-30 | SALE   | 20
            ann | 2026-05-31 | SALE   | 30
            bob | 2026-02-01 | SALE   | 7
            bob | 2026-03-31 | SALE   | 30
            bob | 2026-05-01 | SALE   | 30
            cat | 2026-02-02 | SALE   | 1
            cat | 2026-03-02 | SALE   | 100
            cat | 2026-04-02 | SALE   | 50
            cat | 2026-04-03 | RETURN | 25
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, sales_trend_92d decimal(18,6), sales_trend_lifetime decimal(18,6)",
            """
            ann | 0.5  | 0.5
            bob | 0    | 0
            cat | -1.2 | -1.2
            """);

    assertIndicators(expected, trends(), transactions, "2026-05-31");
  }

  /**
   * Ann began in March, so that there are two whole months; Bob's 10 - 20 leaves a mean below 0.
   * Cat bought in one of three months, which is less than half. Dan began with a return: 10, 0, 20
   * have slope 5 and mean 10. Eve buys the same every month, and began late in February.
   */
  @Test
  void theTrendCountsFromTheMonthAfterTheFirstAndNeedsThreeOfThem(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-03-01 | SALE   | 10
            ann | 2026-04-01 | SALE   | 10
            ann | 2026-05-01 | SALE   | 10
            bob | 2026-02-01 | SALE   | 10
            bob | 2026-03-01 | SALE   | 10
            bob | 2026-04-01 | SALE   | 10
            bob | 2026-05-31 | RETURN | 40
            cat | 2026-02-01 | SALE   | 3
            cat | 2026-05-31 | SALE   | 60
            dan | 2026-02-01 | RETURN | 1
            dan | 2026-03-01 | SALE   | 10
            dan | 2026-05-01 | SALE   | 20
            eve | 2026-02-26 | SALE   | 25
            eve | 2026-03-26 | SALE   | 100
            eve | 2026-04-26 | SALE   | 100
            eve | 2026-05-26 | SALE   | 100
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, sales_trend_92d decimal(18,6), sales_trend_lifetime decimal(18,6)",
            """
            ann |     |
            bob |     |
            cat |     |
            dan | 0.5 | 0.5
            eve | 0   | 0
            """);

    assertIndicators(expected, trends(), transactions, "2026-05-31");
  }

  /** On 30 May, May is not whole: 10, 20, 30 of February to April remain. */
  @Test
  void theMonthThatHasBegunIsNoPartOfTheTrend(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2026-01-31 | SALE | 500
            ann | 2026-02-01 | SALE | 10
            ann | 2026-03-01 | SALE | 20
            ann | 2026-04-01 | SALE | 30
            ann | 2026-05-01 | SALE | 999
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, sales_trend_92d decimal(18,6), sales_trend_lifetime decimal(18,6)",
            "ann |  | 0.5");

    assertIndicators(expected, trends(), transactions, "2026-05-30");
  }

  /**
   * The whole months of the window are April to February. Ann began in December: two of three. Bob
   * has been there all the time: one of eleven. Cid began in March, which is not over.
   */
  @Test
  void activeMonthsAreThoseWithASale(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2025-12-31 | SALE   | 5
            ann | 2026-01-15 | RETURN | 5
            ann | 2026-02-01 | SALE   | 5
            ann | 2026-02-02 | SALE   | 5
            bob | 2020-01-01 | SALE   | 5
            bob | 2025-03-31 | SALE   | 5
            bob | 2025-04-01 | SALE   | 5
            cid | 2026-03-01 | SALE   | 5
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, active_month_share_365d decimal(18,6)",
            "ann | 0.666667\nbob | 0.090909\ncid |");

    assertIndicators(expected, Night.with(TYPE), transactions, AS_OF);
  }

  @Test
  void everyWindowHasItsOwnColumns(SparkSession spark) {
    Dataset<Row> transactions =
        frame(
            spark,
            COLUMNS,
            """
            ann | 2025-12-02 | SALE | 1
            ann | 2025-12-01 | SALE | 10
            ann | 2025-03-02 | SALE | 100
            ann | 2025-03-01 | SALE | 1000
            ann | 2026-03-02 | SALE | 10000
            """);
    Dataset<Row> expected =
        frame(
            spark,
            "customer_id string, sales_amount_90d decimal(18,2), sales_amount_365d decimal(18,2),"
                + " sales_amount_lifetime decimal(18,2)",
            "ann | 1 | 111 | 1111");

    Night windows = Night.with(TYPE, "indicators.windows=[90d, 365d, lifetime]");
    assertIndicators(expected, windows, transactions, AS_OF);
  }

  private static Night trends() {
    return Night.with(TYPE, "indicators.windows=[92d, lifetime]");
  }

  private static void assertIndicators(
      Dataset<Row> expected, Night night, Dataset<Row> transactions, String asOf) {
    Column[] columns = Arrays.stream(expected.columns()).map(functions::col).toArray(Column[]::new);
    assertFrame(expected, night.indicators(transactions, asOf).select(columns));
  }
}
