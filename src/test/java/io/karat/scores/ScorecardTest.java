package io.karat.scores;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;

import io.karat.testing.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The value scorecard by hand: perspectives, current and potential value, quadrants. */
@ExtendWith(LocalSpark.class)
class ScorecardTest {
  private static final String CARD =
      """
      scorecard:
        financial: {weight: 1, indicators: {profit_365d: {weight: 1, target: 50}}}
        sales:
          weight: 3
          indicators:
            net_sales_amount_365d: {weight: 60, target: 200, cap: 1.5}
            transaction_day_count_365d: {weight: 40, target: {top_share: 0.5}}
        customer: {weight: 1, indicators: {recency_days: {weight: 1, target: 30}}}
        service: {weight: 1, indicators: {satisfaction_365d: {weight: 1, target: 4}}}
        quadrant: {current: 60, potential: 50}
      """;

  private final SparkSession spark;

  ScorecardTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The better half of four has 8 days or more, so that is the target of days. Ann: 25 / 50; 0.6 x
   * 100 + 0.4 x 100; (50 + 3 x 100) / 4. Ben: sales are capped at 150, so 0.6 x 150 + 0.4 x 50 =
   * 110, of which 10 are taken away. Cas bought on the day itself, which has the most points. Dan
   * was in no contact, and nobody knows how satisfied he is: service does not count.
   */
  @Test
  void perspectivesAddUpToValues() {
    ScoredCustomers customers =
        ScoredCustomers.of(
            spark,
            CARD,
            """
            profit_365d decimal(38,2), net_sales_amount_365d decimal(38,2),
            transaction_day_count_365d bigint, recency_days int, satisfaction_365d decimal(38,6)
            """,
            """
            ann | 25.00 | 200.00 |  8 |  60 | 4.8
            ben | 90.00 | 400.00 |  4 |  60 | 1.0
            cas |  0.00 |   0.00 |  0 |   0 | 2.0
            dan | -5.00 |  50.00 | 12 | 300 |
            """);

    assertFrame(
        frame(
            spark,
            """
            customer_id string, financial_score decimal(5,2), sales_score decimal(5,2),
            customer_score decimal(5,2), service_score decimal(5,2),
            current_value_score decimal(5,2), potential_value_score decimal(5,2),
            scorecard_score decimal(5,2), scorecard_quadrant string, scorecard_quadrant_name string
            """,
            """
            ann |  50.00 | 100.00 |  50.00 | 100.00 |  87.50 | 75.00 | 83.33 | KEY      | Key account
            ben | 100.00 | 100.00 |  50.00 |  25.00 | 100.00 | 37.50 | 79.17 | MAINTAIN | Maintain
            cas |   0.00 |   0.00 | 100.00 |  50.00 |   0.00 | 75.00 | 25.00 | GROW     | Grow
            dan |   0.00 |  55.00 |  10.00 |        |  41.25 | 10.00 | 35.00 | BASIC    | Basic
            """),
        customers.value(
            "customer_id",
            "financial_score",
            "sales_score",
            "customer_score",
            "service_score",
            "current_value_score",
            "potential_value_score",
            "scorecard_score",
            "scorecard_quadrant",
            "scorecard_quadrant_name"));
    assertFrame(
        frame(
            spark,
            """
            model string, points decimal(18,2)
            """,
            """
            scorecard_financial | 100.00
            scorecard_sales     | 100.00
            scorecard_customer  |  50.00
            scorecard_service   |  25.00
            current_value       | 100.00
            potential_value     |  37.50
            scorecard           |  79.17
            """),
        customers
            .contributions()
            .filter("customer_id = 'ben'")
            .groupBy("model")
            .agg(functions.sum("points").cast("decimal(18,2)").as("points")));
    assertFrame(
        frame(
            spark,
            """
            quadrant string, current_cut decimal(38,6), customer_count bigint,
            customer_share decimal(9,6), net_sales_amount_365d decimal(38,6)
            """,
            """
            KEY      | 60 | 1 | 0.25 | 200
            MAINTAIN | 60 | 1 | 0.25 | 400
            GROW     | 60 | 1 | 0.25 |   0
            BASIC    | 60 | 1 | 0.25 |  50
            """),
        customers
            .levels(LevelContracts.QUADRANTS)
            .select(
                "quadrant",
                "current_cut",
                "customer_count",
                "customer_share",
                "net_sales_amount_365d"));
  }

  /**
   * Potential value is 100 x 30 / recency: 50, 56 and 45 points, with a cut at 50 and 5 points of
   * hysteresis. A value that was low becomes high at 55, one that was high becomes low below 45.
   * Current value, net sales in hundredths of 200, is 60 for fay: as high as the cut.
   */
  @Test
  void theQuadrantOfTheNightBeforeIsKeptWithinTheHysteresis() {
    ScoredCustomers customers =
        ScoredCustomers.of(
            spark,
            """
            scorecard:
              financial: false
              sales: {indicators: {net_sales_amount_365d: {weight: 1, target: 200}}}
              customer: {indicators: {recency_days: {weight: 1, target: 30}}}
              service: false
              quadrant: {current: 60, potential: 50}
            """,
            "net_sales_amount_365d decimal(38,2), recency_days int",
            """
            ann |  20.00 | 60
            ben |  20.00 | 53
            cas |  20.00 | 66
            dan |  20.00 | 67
            eve | 110.00 | 60
            fay | 120.00 | 60
            """);
    Dataset<Row> before =
        frame(
            spark,
            "customer_id string, scorecard_quadrant string",
            """
            ann | BASIC
            ben | BASIC
            cas | GROW
            dan | GROW
            eve | KEY
            """);

    assertFrame(
        frame(
            spark,
            "customer_id string, potential_value_score decimal(5,2), scorecard_quadrant string",
            """
            ann | 50.00 | BASIC
            ben | 56.60 | GROW
            cas | 45.45 | GROW
            dan | 44.78 | BASIC
            eve | 50.00 | KEY
            fay | 50.00 | KEY
            """),
        customers
            .tables(before)
            .customerValue(List.of())
            .select("customer_id", "potential_value_score", "scorecard_quadrant"));
  }
}
