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
