package io.karat.mart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.mart.LivePostgres.Bi;
import io.karat.testing.DocumentedSql;
import io.karat.testing.LocalSpark;
import io.karat.testing.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the view of customers, and of the questions that documents answer with it. */
@ExtendWith({LocalSpark.class, LivePostgres.class})
class WideViewsTest {
  private final SparkSession spark;
  private final Bi bi;
  @TempDir Path folder;

  WideViewsTest(SparkSession spark, Bi bi) {
    this.spark = spark;
    this.bi = bi;
  }

  @Test
  void tenQuestionsAreAnsweredWithOneConditionEach() throws IOException, SQLException {
    ToyReleases toy = ToyReleases.at(spark, folder, bi);
    toy.publish("a", "2026-03-01", values(), Map.of("customer_indicators", indicators("")));
    toy.follow();

    List<String> answers = new ArrayList<>();
    try (Connection reader = bi.asReader()) {
      for (String query : DocumentedSql.blocks(Path.of("docs/questions.md"))) {
        answers.add(
            bi.read(
                reader, query.replace("karat.customers", "{schema}.customers").replace(";", "")));
      }
    }

    assertEquals(
        List.of(
            "bob|Bob AG|GOLD|900.00",
            "bob|Bob AG|0.400000|360.00",
            "ann|Ann Ltd|Lee|50.00",
            "bob|Bob AG|GOLD|1.50",
            "cid|∅|SILVER|GOLD",
            "North|1|5000.00\nSouth|2|1700.00",
            "ann|Ann Ltd|5000.00|400.00",
            "bob|Bob AG|120|150.00",
            "dan|Dan|2025-06-01",
            "PLATINUM|1|5200.00\nGOLD|1|700.00"),
        answers);
  }

  /** A night later there is one more indicator, which the view shows after all others. */
  @Test
  void theViewGrowsWithItsTables() throws IOException, SQLException {
    ToyReleases toy = ToyReleases.at(spark, folder, bi);
    toy.publish("a", "2026-03-01", values(), Map.of("customer_indicators", indicators("")));
    toy.follow();
    toy.publish(
        "b", "2026-03-02", values(), Map.of("customer_indicators", indicators("7 AS visits")));
    toy.follow();

    assertEquals(
        "ann|b|7",
        bi.read("SELECT customer_id, run_id, visits FROM {schema}.customers WHERE owner = 'Lee'"));
    assertEquals(
        "visits",
        bi.read(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = '{schema}'"
                + " AND table_name = 'customers' ORDER BY ordinal_position DESC LIMIT 1"));
  }

  private Dataset<Row> indicators(String more) {
    Dataset<Row> rows =
        TextTable.frame(
            spark,
            "customer_id string, display_name string, owner string, region string,"
                + " net_sales_amount_365d decimal(18,2), profit_365d decimal(18,2), recency_days"
                + " bigint, arrears_amount decimal(18,2)",
            """
            ann | Ann Ltd | Lee | North | 5000.00 | 400.00 |   3 | 50.00
            bob | Bob AG  | Kim | South |  900.00 | 300.00 | 120 |  0.00
            cid |         | Kim | South |  800.00 | 200.00 |   9 | 20.00
            dan | Dan     | Kim | South |    0.00 |   0.00 | 270 |  0.00
            """);
    return more.isEmpty() ? rows : rows.selectExpr("*", more);
  }

  private Dataset<Row> values() {
    return TextTable.frame(
        spark,
        "customer_id string, sales decimal(38,2), customer_class string, profit_tier string,"
            + " previous_profit_tier string, profit_tier_rank int, profit_tier_change string,"
            + " profit_points_to_next_tier decimal(5,2), lifecycle string, expected_churn"
            + " decimal(9,6), value_at_risk_amount decimal(18,2), expected_sales_amount_next_365d"
            + " decimal(18,2), is_one_off boolean, one_off_since date",
        """
        ann | 1 | LARGE  | PLATINUM | PLATINUM | 1 | SAME |      | ACTIVE  | 0.015 |  75.00 | 5200.00 | false |
        bob | 1 | MEDIUM | GOLD     | PLATINUM | 2 | DOWN | 1.50 | SLOWING | 0.400 | 360.00 |  150.00 | false |
        cid | 1 | MEDIUM | GOLD     | SILVER   | 2 | UP   | 8.00 | ACTIVE  | 0.100 |  80.00 |  700.00 | false |
        dan | 1 | SMALL  | BASIC    | BASIC    | 4 | SAME | 9.00 | LAPSED  |       |   0.00 |   10.00 | true  | 2025-06-01
        """);
  }
}
