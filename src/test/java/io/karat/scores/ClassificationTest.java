package io.karat.scores;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;

import io.karat.testing.LocalSpark;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Classes by hand: shares of value and of customers, ties, and one-off big tickets. */
@ExtendWith(LocalSpark.class)
class ClassificationTest {
  private static final String COLUMNS =
      """
      net_sales_amount_365d decimal(38,2), net_sales_amount_lifetime decimal(38,2),
      largest_two_transactions_amount decimal(38,2), recency_days int,
      average_transaction_interval_days_lifetime decimal(38,6), last_sale_date date
      """;

  private static final String CLASSES =
      """
      classification:
        customer_class:
          by: net_sales_amount_365d
          classes: [{name: LARGE, top_value_share: 0.8}, {name: MEDIUM, top_share: 0.5}, {name: SMALL}]
      """;

  private final SparkSession spark;

  ClassificationTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Positive sales are 100. The customer with 60 and one with 20 make 80 %; the tie takes the other
   * one with 20 too. Half of six customers is three: the same ones.
   */
  @Test
  void equalCustomersAreInOneClass() {
    ScoredCustomers customers =
        ScoredCustomers.of(
            spark,
            CLASSES,
            COLUMNS,
            """
            a |  60.00 | 60.00 | 1.00 | 1 | |
            b |  20.00 | 20.00 | 1.00 | 1 | |
            c |  20.00 | 20.00 | 1.00 | 1 | |
            d |   0.00 |  0.00 | 0.00 | 1 | |
            e | -10.00 |  0.00 | 0.00 | 1 | |
            f |   0.00 |  0.00 | 0.00 | 1 | |
            """);

    assertFrame(
        frame(
            spark,
            "customer_id string, customer_class string, customer_class_name_zh string",
            """
            a | LARGE | 大客户
            b | LARGE | 大客户
            c | LARGE | 大客户
            d | SMALL | 小客户
            e | SMALL | 小客户
            f | SMALL | 小客户
            """),
        customers.value("customer_id", "customer_class", "customer_class_name_zh"));
    assertFrame(
        frame(
            spark,
            """
            model string, tier string, position int, by_column string, definition string,
            cut_value decimal(38,6), customer_count bigint, net_sales_share decimal(18,6)
            """,
            """
            customer_class | LARGE  | 1 | net_sales_amount_365d | top value share 0.8 | 20 | 3 | 1.111111
            customer_class | MEDIUM | 2 | net_sales_amount_365d | top share 0.5       | 20 | 0 | 0
            customer_class | SMALL  | 3 | net_sales_amount_365d | everybody else      |    | 3 | -0.111111
            """),
        customers
            .levels(LevelContracts.TIERS)
            .select(
                "model",
                "tier",
                "position",
                "by_column",
                "definition",
                "cut_value",
                "customer_count",
                "net_sales_share"));
  }

  /**
   * The first class begins at 90, and repeat customers buy every 40 days. Flagged are customers
   * whose two largest sales are 90 or more and 80 % of lifetime sales, and who are silent for 120
   * days. Not flagged: who bought a day later, who was never large, who returned everything, whose
   * two largest sales are below 80 %.
   */
  @Test
  void aOneOffBigTicketIsNeverLarge() {
    assertFrame(
        frame(
            spark,
            """
            customer_id string, is_one_off boolean, one_off_since date, customer_class string
            """,
            """
            below    | false |            | LARGE
            later    | false |            | LARGE
            old      | true  | 2025-05-01 | SMALL
            prospect | false |            |
            recent   | true  | 2025-05-01 | MEDIUM
            returned | false |            | SMALL
            small    | false |            | SMALL
            steady   | false |            | MEDIUM
            steady2  | false |            | MEDIUM
            tiny     | false |            | SMALL
            """),
        ScoredCustomers.of(
                spark,
                CLASSES,
                COLUMNS,
                """
                below    | 90.00 | 125.00 |   99.99 | 400 |    | 2024-01-01
                later    | 90.00 | 100.00 |   95.00 | 119 |    | 2025-01-02
                old      |  0.00 | 100.00 |   95.00 | 120 |    | 2025-01-01
                prospect |  0.00 |   0.00 |         |     |    |
                recent   | 90.00 | 100.00 |   95.00 | 120 |    | 2025-01-01
                returned |  0.00 |   0.00 | 9000.00 | 400 |    | 2024-01-01
                small    | 10.00 | 100.00 |    5.00 |   5 | 40 | 2025-04-26
                steady   | 60.00 | 600.00 |   20.00 |   5 | 40 | 2025-04-26
                steady2  | 60.00 | 600.00 |   20.00 |   5 | 40 | 2025-04-26
                tiny     |  0.00 |  10.00 |   10.00 | 400 |    | 2024-01-01
                """)
            .value("customer_id", "is_one_off", "one_off_since", "customer_class"));
  }

  /** Two big tickets of long ago: neither is in the first tier by sales, both are by margin. */
  @Test
  void aOneOffBigTicketIsInNoFirstTierByMoney() {
    String pyramids =
        CLASSES
            + """
            pyramids:
              profit: false
              potential: false
              margin: {weights: {gross_margin_365d: 1}, tiers: [{name: RICH, min_score: 60}, {name: THIN}]}
              size: {weights: {net_sales_amount_lifetime: 1}, tiers: [{name: TOP, min_score: 30}, {name: REST}]}
            """;
    assertFrame(
        frame(
            spark,
            "customer_id string, is_one_off boolean, margin_tier string, size_tier string",
            """
            old    | true  | RICH | REST
            older  | true  | RICH | REST
            steady | false | THIN | REST
            top    | false | THIN | TOP
            """),
        ScoredCustomers.of(
                spark,
                pyramids,
                COLUMNS + ", gross_margin_365d decimal(38,6)",
                """
                old    |  0.00 | 999.00 | 999.00 | 120 |    | 2025-01-01 | 0.9
                older  |  0.00 | 999.00 | 999.00 | 130 |    | 2025-01-01 | 0.9
                steady | 10.00 |  50.00 |   5.00 |   5 | 40 | 2025-04-26 | 0.2
                top    | 90.00 | 900.00 |  20.00 |   5 | 40 | 2025-04-26 | 0.1
                """)
            .value("customer_id", "is_one_off", "margin_tier", "size_tier"));
  }
}
