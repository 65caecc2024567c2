package io.karat.indicators;

import static io.karat.testing.TextTable.frame;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Win rate and sales cycle by hand. */
@ExtendWith(LocalSpark.class)
class OpportunityIndicatorsTest {
  private final SparkSession spark;

  OpportunityIndicatorsTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Ann: two of three decided ones are won, after 10 and 31 days; the fourth is decided after the
   * as-of day, the fifth was created before the window. Bob lost his only one; of Cat's it is not
   * known whether it was won, and Dan's is open.
   */
  @Test
  void decidedOpportunitiesCountByTheirOutcome() {
    Sources.of(
            frame(
                spark,
                "customer_id string, transaction_time date, amount int",
                "eve | 2026-01-05 | 10"))
        .with(
            InputTable.OPPORTUNITIES,
            frame(
                spark,
                "opportunity_id string, customer_id string, created_date date, amount int,"
                    + " probability double, closed_date date, stage string, is_won boolean",
                """
                O1 | ann | 2026-01-01 | 500 | 0.5 | 2026-01-11 | CONTRACT | true
                O2 | ann | 2026-01-01 | 500 | 0.5 | 2026-02-01 | CONTRACT | true
                O3 | ann | 2026-01-05 | 500 | 0.5 | 2026-02-28 | OFFER    | false
                O4 | ann | 2026-01-05 | 500 | 0.5 | 2026-03-02 | CONTRACT | true
                O5 | ann | 2024-01-05 | 500 | 0.5 | 2025-12-01 | CONTRACT | true
                O6 | bob | 2026-01-05 | 500 | 0.5 | 2026-03-01 | OFFER    | false
                O7 | cat | 2026-01-05 | 500 | 0.5 | 2026-03-01 | OFFER    |
                O8 | dan | 2026-01-05 | 500 | 0.5 |            | OFFER    |
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, win_rate_365d decimal(18,6), sales_cycle_days_365d"
                    + " decimal(18,6), win_rate_lifetime decimal(18,6)",
                """
                ann | 0.666667 | 20.5 | 0.75
                bob | 0        |      | 0
                cat |          |      |
                dan |          |      |
                eve |          |      |
                """),
            "2026-03-01",
            "indicators.windows=[365d, lifetime]");
  }

  /** What ann has won is sold already, whatever its day; bob's will be won on the next day. */
  @Test
  void whatIsWonIsNotExpectedAgain() {
    String columns =
        "opportunity_id string, customer_id string, created_date date, amount int,"
            + " probability double, closed_date date, is_won boolean";
    Dataset<Row> opportunities =
        frame(
            spark,
            columns,
            """
            O1 | ann | 2026-01-01 | 500 | 1.0 |            | true
            O2 | ann | 2026-01-01 | 500 | 0.4 |            | false
            O3 | ann | 2026-01-01 | 100 | 0.4 |            |
            O4 | bob | 2026-01-05 | 500 | 0.5 | 2026-03-02 | true
            """);
    assertExpected(opportunities, "ann | 240\nbob | 250");
    assertExpected(opportunities.drop("closed_date"), "ann | 240\nbob | 0");
    assertExpected(opportunities.drop("is_won"), "ann | 740\nbob | 250");
  }

  private void assertExpected(Dataset<Row> opportunities, String expected) {
    Sources.of(
            frame(
                spark,
                "customer_id string, transaction_time date, amount int",
                "ann | 2026-01-05 | 10"))
        .with(InputTable.OPPORTUNITIES, opportunities)
        .assertIndicators(
            frame(spark, "customer_id string, expected_sales_amount decimal(18,6)", expected),
            "2026-03-01");
  }
}
