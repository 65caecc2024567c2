package io.karat.scores;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;

import io.karat.testing.LocalSpark;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Labels and expected churn by hand, and states beside those of the night before. */
@ExtendWith(LocalSpark.class)
class LabelTest {
  private static final String COLUMNS =
      "recency_days int, net_sales_amount_365d decimal(38,2), satisfaction_365d decimal(38,6)";

  private static final String LABELS =
      """
      labels:
        lifecycle: false
        loyalty: false
        profit_service: false
        buyer_type: false
        relationship_level: false
        stage:
          - {when: recency_days IS NULL, then: NEVER}
          - {when: recency_days > 30, then: ASLEEP}
          - {then: AWAKE}
        call:
          - {when: "stage = 'ASLEEP' AND net_sales_amount_365d > 100", then: CALL}
          - {then: WAIT}
      churn:
        by: satisfaction_365d
        of: net_sales_amount_365d
        levels: {1: 80%, 3: 0.20, 5: 0.01}
      """;

  private static final String ROWS =
      """
      a |    |   0.00 |
      b | 30 | 500.00 | 0.5
      c | 31 | 500.00 | 2
      d | 31 |  10.00 | 4.5
      """;

  private final SparkSession spark;

  LabelTest(SparkSession spark) {
    this.spark = spark;
  }

  /** A label may use an earlier one; churn is linear between levels of satisfaction. */
  @Test
  void theFirstRuleThatHoldsSaysTheWord() {
    assertFrame(
        frame(
            spark,
            """
            customer_id string, stage string, call string, expected_churn decimal(9,6),
            value_at_risk_amount decimal(18,2)
            """,
            """
            a | NEVER  | WAIT |          |
            b | AWAKE  | WAIT | 0.800000 | 400.00
            c | ASLEEP | CALL | 0.500000 | 250.00
            d | ASLEEP | WAIT | 0.057500 |   0.58
            """),
        ScoredCustomers.of(spark, LABELS, COLUMNS, ROWS)
            .value("customer_id", "stage", "call", "expected_churn", "value_at_risk_amount"));
  }

  /**
   * Two of four buyers reach sales of 500.00, the half that is asked for. Satisfied by 3 or more:
   * d; a's is unknown, and a is not screened, as it never bought.
   */
  @Test
  void aScreeningSaysWhoMeetsAllCriteriaAndWhichOneIsShort() {
    ScoredCustomers customers =
        ScoredCustomers.of(
            spark,
            """
            screening:
              key_customer:
                among: recency_days IS NOT NULL
                criteria:
                  satisfaction: {by: satisfaction_365d, min: 3}
                  size: {by: net_sales_amount_365d, min: {top_share: 0.5}}
                  recency: {by: recency_days, max: 30}
            """,
            COLUMNS,
            """
            a |    | 900.00 |
            b | 30 | 500.00 | 5
            c | 30 | 500.00 |
            d | 31 |  10.00 | 3
            e | 10 |  20.00 | 4
            """);
    ScoreTables tables = customers.tables();

    assertFrame(
        frame(
            spark,
            """
            customer_id string, key_customer string, key_customer_name string,
            is_key_customer_by_satisfaction boolean, is_key_customer_by_size boolean,
            is_key_customer_by_recency boolean
            """,
            """
            a | NO        | No          |       |       |
            b | KEY       | Key account | true  | true  | true
            c | OPEN      | Open        |       | true  | true
            d | NO        | No          | true  | false | false
            e | CANDIDATE | Candidate   | true  | false | true
            """),
        tables
            .customerValue(Optional.empty())
            .select(
                "customer_id",
                "key_customer",
                "key_customer_name",
                "is_key_customer_by_satisfaction",
                "is_key_customer_by_size",
                "is_key_customer_by_recency"));
    assertFrame(
        frame(
            spark,
            """
            position int, criterion string, bound string, bound_value decimal(38,6),
            customer_count bigint, passed_count bigint, failed_count bigint, unknown_count bigint,
            failed_alone_count bigint, failed_alone_net_sales_amount_365d decimal(38,6),
            remaining_count bigint, net_sales_amount_365d decimal(38,6)
            """,
            """
            1 | satisfaction | min | 3   | 4 | 3 | 0 | 1 | 0 | 0  | 3 | 530
            2 | size         | min | 500 | 4 | 2 | 2 | 0 | 1 | 20 | 1 | 500
            3 | recency      | max | 30  | 4 | 3 | 1 | 0 | 0 | 0  | 1 | 500
            """),
        ScoredCustomers.levels(LevelContracts.FUNNEL, tables)
            .drop("screening", "by_column", "as_of_date", "run_id"));
  }

  /** A customer who was not there the night before has not changed; a new label has no past. */
  @Test
  void aStateIsComparedWithTheNightBefore() {
    ScoredCustomers customers = ScoredCustomers.of(spark, LABELS, COLUMNS, ROWS);
    Dataset<Row> before =
        frame(spark, "customer_id string, stage string", "b | ASLEEP\nc | ASLEEP");
    assertFrame(
        frame(
            spark,
            """
            customer_id string, previous_stage string, is_stage_changed boolean,
            previous_call string, is_call_changed boolean, stage_change string
            """,
            """
            a |        | false | | false | NEW
            b | ASLEEP | true  | | false | CHANGED
            c | ASLEEP | false | | false | SAME
            d |        | false | | false | NEW
            """),
        customers
            .tables()
            .customerValue(Optional.of(before))
            .select(
                "customer_id",
                "previous_stage",
                "is_stage_changed",
                "previous_call",
                "is_call_changed",
                "stage_change"));
  }
}
