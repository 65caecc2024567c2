package io.karat.scores;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.apache.spark.sql.functions.first;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.quality.CorrelatedIndicators;
import io.karat.settings.BilingualText;
import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pyramids by hand: points of indicators, scores, tiers and the distance to the next tier. */
@ExtendWith(LocalSpark.class)
class PyramidTest {
  private static final String COLUMNS = "net_sales_amount_365d decimal(38,2), recency_days int";

  private final SparkSession spark;

  PyramidTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Sales percentiles of 10, 20, 20, 40: 12.5, 50, 50, 87.5. Recency 5, 5, 30 and unknown, less is
   * better: percentiles of days 33.333333, 33.333333, 83.333333, so 66.666667, 66.666667,
   * 16.666667, and 0 where unknown.
   */
  @Test
  void ranksCountCustomersBelowAndHalfOfThoseEqual() {
    ScoredCustomers customers = worth(spark);

    assertFrame(
        frame(
            spark,
            """
            customer_id string, worth_score decimal(5,2), worth_points_to_next_tier decimal(5,2),
            worth_tier string, worth_tier_name string
            """,
            """
            ann | 26.05 | 15.95 | REST | Rest
            ben | 54.17 | 11.46 | GOOD | Good
            cas | 41.67 | 23.96 | GOOD | Good
            dan | 65.63 |       | TOP  | Top
            """),
        customers.value(
            "customer_id",
            "worth_score",
            "worth_points_to_next_tier",
            "worth_tier",
            "worth_tier_name"));
    assertFrame(
        frame(
            spark,
            CONTRIBUTION,
            """
            ann | worth | net_sales_amount_365d | 10 | 12.500000 | 75 |  9.38 | 20.000000
            ann | worth | recency_days          |  5 | 66.666667 | 25 | 16.67 |
            ben | worth | net_sales_amount_365d | 20 | 50.000000 | 75 | 37.50 | 40.000000
            ben | worth | recency_days          |  5 | 66.666667 | 25 | 16.67 |
            cas | worth | net_sales_amount_365d | 20 | 50.000000 | 75 | 37.50 | 40.000000
            cas | worth | recency_days          | 30 | 16.666667 | 25 |  4.17 |
            dan | worth | net_sales_amount_365d | 40 | 87.500000 | 75 | 65.63 |
            dan | worth | recency_days          |    |           | 25 |  0.00 |
            """),
        customers.contributions());
  }

  /** Scores of 26.05, 54.17, 41.67 and 65.63: GOOD begins at 40, so cas may stay in REST to 42. */
  @Test
  void tiersOfTheNightBeforeAreKeptWithinTheHysteresis() {
    ScoredCustomers customers = worth(spark);
    Dataset<Row> before =
        frame(
            spark,
            "customer_id string, worth_tier string",
            """
            ann | GOOD
            cas | REST
            dan | GOOD
            """);

    ScoreTables tables = customers.tables(before);

    assertFrame(
        frame(
            spark,
            "customer_id string, worth_tier string, worth_points_to_next_tier decimal(5,2),"
                + " previous_worth_tier string, is_worth_tier_changed boolean,"
                + " worth_tier_rank int, worth_tier_change string",
            """
            ann | REST | 15.95 | GOOD | true  | 3 | DOWN
            ben | GOOD | 11.46 |      | false | 2 | NEW
            cas | REST |  0.33 | REST | false | 3 | SAME
            dan | TOP  |       | GOOD | true  | 1 | UP
            """),
        tables
            .customerValue(List.of())
            .select(
                "customer_id",
                "worth_tier",
                "worth_points_to_next_tier",
                "previous_worth_tier",
                "is_worth_tier_changed",
                "worth_tier_rank",
                "worth_tier_change"));
    assertFrame(
        frame(
            spark,
            "tier string, cut_value decimal(38,6), rise_value decimal(38,6),"
                + " fall_value decimal(38,6), customer_count bigint",
            """
            TOP  | 65.63 | 65.63 | 63.63 | 1
            GOOD | 40    | 42    | 38    | 1
            REST |       |       |       | 2
            """),
        ScoredCustomers.levels(LevelContracts.TIERS, tables)
            .select("tier", "cut_value", "rise_value", "fall_value", "customer_count"));
  }

  /**
   * Sales of 10, 20, 20 and recency of 5, 5, 30, as dan's is unknown: ranks 1, 2.5, 2.5 and 1.5,
   * 1.5, 3, so 0.75 over the root of 1.5 x 1.5. Fewer days are better, so what counts is -0.5.
   */
  @Test
  void indicatorsOfAPyramidAreCorrelatedOverThoseWhoHaveBoth() {
    ScoreTables tables = worth(spark).tables();
    ScoreTables.LevelFrames levels = tables.levels(MarketSources.NONE);

    assertFrame(
        frame(
            spark,
            "model string, indicator string, other_indicator string, customer_count bigint,"
                + " correlation decimal(18,6)",
            "worth | net_sales_amount_365d | recency_days | 3 | 0.500000"),
        ScoredCustomers.levels(LevelContracts.CORRELATIONS, tables));
    assertEquals(
        List.of(
            new CorrelatedIndicators(
                "worth",
                new BilingualText("Net sales (last 365 days)", "净销售额（最近 365 天）"),
                new BilingualText("Recency", "最近一次消费"),
                new BigDecimal("-0.500000"),
                true)),
        levels.correlated());
  }

  /** Four customers in a pyramid of three tiers. */
  static ScoredCustomers worth(SparkSession spark) {
    return ScoredCustomers.of(
        spark,
        """
        pyramids:
          profit: false
          margin: false
          potential: false
          worth:
            population: everybody
            weights: {net_sales_amount_365d: 3, recency_days: 1}
            tiers:
              - {name: TOP, top_share: 0.25}
              - {name: GOOD, min_score: 40}
              - {name: REST}
        """,
        COLUMNS,
        """
        ann | 10.00 |  5
        ben | 20.00 |  5
        cas | 20.00 | 30
        dan | 40.00 |
        """);
  }

  private static final String CONTRIBUTION =
      """
      customer_id string, model string, indicator string, indicator_value decimal(38,6),
      normalised_value decimal(18,6), weight decimal(18,6), points decimal(18,2),
      value_for_next_tier decimal(38,6)
      """;

  /** An unknown indicator has no points, and its weight goes to the others. */
  @Test
  void aSkippedIndicatorLeavesItsWeightToTheOthers() {
    assertFrame(
        frame(
            spark,
            "customer_id string, worth_score decimal(5,2), worth_tier string",
            """
            ann | 50.00 | LOW
            ben | 90.00 | HIGH
            cas |       |
            """),
        ScoredCustomers.of(
                spark,
                pyramid(
                    """
                    weights:
                      net_sales_amount_365d: {weight: 60, target: 100}
                      recency_days: {weight: 40, target: 9}
                    normalise: target
                    missing: skip
                    """,
                    "{name: HIGH, min_score: 60}"),
                COLUMNS,
                """
                ann | 50.00 |
                ben | 150.00 | 12
                cas |       |
                """)
            .value("customer_id", "worth_score", "worth_tier"));
  }

  /**
   * Between the 1st and the 99th percentile, which are -50 and 99 here. In signed logarithms these
   * are -log(51) = -3.93 and log(100) = 4.61, and 9 is log(10) = 2.30: 6.23 of 8.54.
   */
  @Test
  void valuesLieBetweenTwoPercentiles() {
    String rows =
        """
        a | -50.00 |
        b |   0.00 |
        c |   9.00 |
        d |  99.00 |
        """;
    assertFrame(scores("a | 0.00", "b | 33.56", "c | 39.60", "d | 100.00"), worth("minmax", rows));
    assertFrame(scores("a | 0.00", "b | 46.06", "c | 73.03", "d | 100.00"), worth("log", rows));
    assertFrame(scores("a | 50.00", "b | 50.00"), worth("minmax", "a | 7.00 | \nb | 7.00 | \n"));
  }

  /**
   * Points are rounded one by one: six sixths of 100 would make 100.02, so a row takes 0.02 away.
   */
  @Test
  void aScoreIsAtMostAHundred() {
    ScoredCustomers customers =
        ScoredCustomers.of(
            spark,
            pyramid(
                """
                weights:
                  net_sales_amount_365d: {weight: 1, target: 1}
                  sales_amount_365d: {weight: 1, target: 1}
                  profit_365d: {weight: 1, target: 1}
                  return_amount_365d: {weight: 1, target: 1}
                  transaction_count_365d: {weight: 1, target: 1}
                  transaction_day_count_365d: {weight: 1, target: 1}
                normalise: target
                """,
                "{name: HIGH, min_score: 100}"),
            """
            net_sales_amount_365d decimal(38,2), sales_amount_365d decimal(38,2),
            profit_365d decimal(38,2), return_amount_365d decimal(38,2),
            transaction_count_365d bigint, transaction_day_count_365d bigint, recency_days int
            """,
            "a | 1 | 1 | 1 | 0 | 1 | 1 | 5");

    assertFrame(
        frame(spark, "customer_id string, worth_score decimal(5,2)", "a | 100.00"),
        customers.value("customer_id", "worth_score"));
    assertFrame(
        frame(spark, "indicator string, points decimal(18,2)", "limit | -0.02"),
        customers.contributions().filter("points < 0").select("indicator", "points"));
  }

  private Dataset<Row> worth(String normalise, String rows) {
    return ScoredCustomers.of(
            spark,
            pyramid(
                "weights: {net_sales_amount_365d: 1}\nnormalise: " + normalise,
                "{name: HIGH, min_score: 60}"),
            COLUMNS,
            rows)
        .value("customer_id", "worth_score");
  }

  private Dataset<Row> scores(String... rows) {
    return frame(spark, "customer_id string, worth_score decimal(5,2)", String.join("\n", rows));
  }

  private static String pyramid(String keys, String firstTier) {
    return """
    pyramids:
      profit: false
      margin: false
      potential: false
      worth:
        population: everybody
    %s    tiers: [%s, {name: LOW}]
    """
        .formatted(keys.strip().indent(4), firstTier);
  }

  /** 12,000 values are more than a model file keeps; customer n still has n - 1 customers below. */
  @Test
  void freshRanksAreExactHoweverManyValuesThereAre() {
    Dataset<Row> customers =
        spark
            .range(1, 12_001)
            .selectExpr(
                "CAST(id AS STRING) AS customer_id",
                "CAST(id AS DECIMAL(38,2)) AS net_sales_amount_365d",
                "CAST(1 + id % 2 AS INT) AS recency_days")
            .cache();
    ScoredCustomers scored =
        new ScoredCustomers(
            ScoredCustomers.plan(
                """
                pyramids:
                  profit: false
                  margin: false
                  potential: false
                  worth:
                    weights: {net_sales_amount_365d: 1, recency_days: 1}
                    cuts: fresh
                    tiers: [{name: TOP, top_share: 0.5}, {name: REST}]
                """),
            customers);

    assertFrame(
        customers.selectExpr(
            "customer_id",
            "CAST((2 * (net_sales_amount_365d - 1) + 1) * 50 / 12000 AS DECIMAL(18,6)) AS rank",
            "CAST(CASE recency_days WHEN 1 THEN 75 ELSE 25 END AS DECIMAL(18,6)) AS days_rank"),
        scored
            .contributions()
            .filter("model = 'worth'")
            .groupBy("customer_id")
            .pivot("indicator", List.of("net_sales_amount_365d", "recency_days"))
            .agg(first("normalised_value"))
            .toDF("customer_id", "rank", "days_rank"));
  }
}
