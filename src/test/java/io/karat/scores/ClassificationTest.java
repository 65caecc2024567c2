package io.karat.scores;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;

import io.karat.tables.TableContract;
import io.karat.testing.LocalSpark;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
   * Large by sales are a and b, by profit a and c. The profit of d is unknown, so that the small
   * ones have 30.00 of 100.00; 30.00 less 5.00 + 1.00 of service are 24.00. Their one resolved
   * complaint took 4 days.
   */
  @Test
  void levelsHaveTheMoneyAndTheComplaintsOfTheirCustomers() {
    ScoredCustomers customers =
        ScoredCustomers.of(
            spark,
            """
            classification:
              by_sales: {by: net_sales_amount_365d, classes: [{name: LARGE, min: 100}, {name: SMALL}]}
              by_profit: {by: profit_365d, classes: [{name: BEST, min: 30}, {name: REST}]}
              customer_class: false
              one_off: false
            """,
            """
            net_sales_amount_365d decimal(18,2), net_sales_amount_lifetime decimal(18,2),
            transaction_count_365d bigint, recency_days int, profit_365d decimal(18,2), service_cost_365d decimal(18,2), open_complaint_count bigint,
            resolved_complaint_count_365d bigint, complaint_resolution_days_365d decimal(18,6),
            won_back_count_365d bigint
            """,
            """
            a | 200.00 | 200.00 | 1 | 1 | 50.00 | 0.00 | 0 | 3 | 1.333333 | 2
            b | 100.00 | 100.00 | 1 | 1 | 20.00 | 9.00 | 1 | 0 |          | 0
            c |  50.00 |  50.00 | 1 | 1 | 30.00 | 5.00 | 2 | 1 | 4        | 1
            d |  50.00 |  50.00 | 1 | 1 |       | 1.00 | 0 | 0 |          | 0
            """);
    ScoreTables tables = customers.tables();

    String money =
        """
        customer_count bigint, net_sales_amount_365d decimal(38,6), profit decimal(38,6),
        profit_share decimal(18,6), service_cost decimal(38,6), contribution decimal(38,6),
        open_complaint_count bigint, complaint_resolution_days decimal(38,6), won_back_count bigint
        """;
    assertFrame(
        frame(
            spark,
            "model string, tier string, " + money,
            """
            by_profit | BEST  | 2 | 250 | 80 | 0.8 | 5 | 75 | 2 | 2 | 3
            by_profit | REST  | 2 | 150 | 20 | 0.2 | 10 | 10 | 1 |  | 0
            by_sales  | LARGE | 2 | 300 | 70 | 0.7 | 9 | 61 | 1 | 1.333333 | 2
            by_sales  | SMALL | 2 | 100 | 30 | 0.3 | 6 | 24 | 2 | 4 | 1
            """),
        ScoredCustomers.levels(LevelContracts.TIERS, tables)
            .selectExpr(columns("model", "tier", money)));
    assertFrame(
        frame(
            spark,
            "level string, other_level string, is_disagreement boolean, " + money,
            """
            LARGE | BEST | false | 1 | 200 | 50 | 0.5 | 0 | 50 | 0 | 1.333333 | 2
            LARGE | REST | true  | 1 | 100 | 20 | 0.2 | 9 | 11 | 1 |   | 0
            SMALL | BEST | true  | 1 | 50  | 30 | 0.3 | 5 | 25 | 2 | 4 | 1
            SMALL | REST | false | 1 | 50  |    |     | 1 |    | 0 |   | 0
            """),
        profiles(LevelContracts.DISAGREEMENTS, tables)
            .selectExpr(columns("level", "other_level", "is_disagreement", money)));
    assertFrame(
        frame(
            spark,
            """
            model string, tier string, indicator string, customer_count bigint,
            mean decimal(38,6), median decimal(38,6), lift decimal(18,6)
            """,
            """
            by_sales | LARGE | net_sales_amount_365d | 2 | 150 | 100 | 1.5
            by_sales | LARGE | profit_365d           | 2 | 35  |     | 1.05
            by_sales | SMALL | net_sales_amount_365d | 2 | 50  | 50  | 0.5
            by_sales | SMALL | profit_365d           | 1 | 30  |     | 0.9
            """),
        profiles(LevelContracts.TIER_PROFILES, tables)
            .filter("model = 'by_sales' AND indicator IN ('net_sales_amount_365d', 'profit_365d')")
            .select("model", "tier", "indicator", "customer_count", "mean", "median", "lift"));
  }

  private static String[] columns(String... parts) {
    return Stream.of(parts)
        .flatMap(part -> Stream.of(part.split(",(?![0-9])", -1)))
        .map(column -> column.strip().split(" ", 2)[0])
        .toArray(String[]::new);
  }

  private static Dataset<Row> profiles(TableContract contract, ScoreTables tables) {
    return tables
        .scored()
        .sparkSession()
        .createDataFrame(
            Objects.requireNonNull(
                tables.profiles(tables.ranked().of(tables.scored())).get(contract)),
            contract.schema());
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
            "customer_id string, is_one_off boolean, one_off_service_cost decimal(18,2),"
                + " margin_tier string, size_tier string",
            """
            old    | true  | 40.00 | RICH | REST
            older  | true  |  0.00 | RICH | REST
            steady | false |       | THIN | REST
            top    | false |       | THIN | TOP
            """),
        ScoredCustomers.of(
                spark,
                pyramids,
                COLUMNS
                    + ", gross_margin_365d decimal(38,6), service_cost_since_sale decimal(18,2)",
                """
                old    |  0.00 | 999.00 | 999.00 | 120 |    | 2025-01-01 | 0.9 | 40
                older  |  0.00 | 999.00 | 999.00 | 130 |    | 2025-01-01 | 0.9 | 0
                steady | 10.00 |  50.00 |   5.00 |   5 | 40 | 2025-04-26 | 0.2 | 70
                top    | 90.00 | 900.00 |  20.00 |   5 | 40 | 2025-04-26 | 0.1 | 80
                """)
            .value(
                "customer_id", "is_one_off", "one_off_service_cost", "margin_tier", "size_tier"));
  }
}
