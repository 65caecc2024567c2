package io.karat.scores;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;

import io.karat.testing.LocalSpark;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of the built-in labels and the expected churn, on customers whom a reader can judge. */
@ExtendWith(LocalSpark.class)
class DefaultLabelsTest {
  private static final String MODELS =
      """
      labels: {profit_service: false, relationship_level: false}
      churn: {levels: {1: 0.8, 3: 0.2, 5: 0.01}}
      pyramids: {profit: {weights: {net_sales_amount_365d: 1}}, margin: false, potential: false}
      """;

  private final SparkSession spark;

  DefaultLabelsTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Repeat customers buy every 30 or 365 days, at the median every 30. A yearly customer is late
   * after 547 days, one of every 30 days after 45; a customer who came once after 45 too.
   */
  @Test
  void stagesAreMultiplesOfTheUsualInterval() {
    assertFrame(
        frame(
            spark,
            """
            customer_id string, usual_interval_days decimal(18,6), lifecycle string,
            loyalty string, expected_churn decimal(9,6)
            """,
            """
            late        |  30 | SLOWING  | REPEAT_BUYER | 0.2
            lost        |  30 | LOST     | FORMER       | 1
            monthly     |  30 | ACTIVE   | REGULAR      |
            new         |  30 | NEW      | SINGLE_BUYER |
            old_loyal   |  20 | RETURNED | REPEAT_BUYER |
            once        |  30 | SLOWING  | SINGLE_BUYER |
            prospect    |     | PROSPECT | PROSPECT     |
            returned    |  30 | RETURNED | REPEAT_BUYER |
            silent      |  30 | LAPSED   | REPEAT_BUYER | 1
            yearly      | 365 | ACTIVE   | REPEAT_BUYER |
            yearly_back | 365 | ACTIVE   | REPEAT_BUYER |
            yearly_late | 365 | SLOWING  | REPEAT_BUYER | 0.8
            """),
        ScoredCustomers.of(
                spark,
                MODELS,
                """
                average_transaction_interval_days_lifetime decimal(38,6), recency_days int,
                tenure_days int, transaction_count_90d bigint, transaction_count_365d bigint,
                transaction_day_count_365d bigint, transaction_day_count_lifetime bigint,
                satisfaction_365d decimal(38,6), praise_ratio_365d decimal(38,6),
                contact_count_365d bigint, net_sales_amount_365d decimal(38,2)
                """,
                """
                late        |  30 |  45 |  800 | 1 |  9 |  5 | 20 | 3 |   | 1 | 90
                lost        |  30 | 365 |  800 | 0 |  0 |  0 | 20 | 5 |   | 1 |  0
                monthly     |  30 |  44 |  800 | 2 | 12 | 12 | 27 |   |   | 0 | 99
                new         |     |  80 |   80 | 1 |  1 |  1 |  1 |   |   | 0 | 10
                old_loyal   |  20 |  29 | 1700 | 1 |  1 |  1 | 90 |   |   | 0 | 10
                once        |     |  89 |   95 | 1 |  1 |  1 |  1 |   |   | 0 | 10
                prospect    |     |     |      | 0 |  0 |  0 |  0 | 1 |   | 1 |  0
                returned    |  30 |  10 | 1000 | 2 |  2 |  2 |  9 |   |   | 0 | 20
                silent      |  30 |  90 |  800 | 0 |  5 |  5 | 20 | 5 |   | 1 | 50
                yearly      | 365 | 180 | 1300 | 0 |  1 |  1 |  4 |   |   | 0 | 30
                yearly_back | 365 |  20 | 1300 | 1 |  1 |  1 |  4 |   |   | 0 | 30
                yearly_late | 365 | 548 | 1700 | 0 |  0 |  0 |  4 | 1 |   | 1 |  0
                """)
            .value("customer_id", "usual_interval_days", "lifecycle", "loyalty", "expected_churn"));
  }

  /** A contact without a sale says nothing of what a customer values. */
  @Test
  void aBuyerTypeNeedsSales() {
    assertFrame(
        frame(
            spark,
            "customer_id string, buyer_type string",
            """
            called_only | UNKNOWN
            often       | EXTRINSIC
            seldom      | INTRINSIC
            """),
        ScoredCustomers.of(
                spark,
                """
                labels: {lifecycle: false, loyalty: false, profit_service: false, relationship_level: false}
                pyramids: {profit: {weights: {net_sales_amount_365d: 1}}, margin: false, potential: false}
                """,
                """
                recency_days int, transaction_count_365d bigint, transaction_day_count_365d bigint,
                contact_count_365d bigint, net_sales_amount_365d decimal(38,2)
                """,
                """
                called_only |    | 0 | 0 | 1 |  0
                often       |  5 | 4 | 4 | 3 | 40
                seldom      |  5 | 4 | 4 | 1 | 40
                """)
            .value("customer_id", "buyer_type"));
  }
}
