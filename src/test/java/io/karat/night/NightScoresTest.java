package io.karat.night;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.UsedModel;
import io.karat.report.NightFigures;
import io.karat.report.NightFigures.Level;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of two nights with models: the first fits the cuts, the second uses them and compares with
 * the first.
 */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NightScoresTest {
  private static final String[] MODELS = {
    "classification={}",
    "pyramids={profit: false, margin: false, potential: false, worth: {weights:"
        + " {net_sales_amount_365d: 1}, tiers: [{name: TOP, top_share: 0.34}, {name: REST}]}}",
  };

  private final SparkSession spark;
  @TempDir static Path folder;
  private ToyFirm firm;
  private NightResult first;
  private NightResult second;

  NightScoresTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void runTwoNights() throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01",
                """
                s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE
                s2 | bob | 2026-03-01 10:00:00 | 20.00 | SALE
                s3 | cid | 2026-03-01 11:00:00 | 90.00 | SALE
                """)
            .deliver("2026-03-02", "s4 | ann | 2026-03-02 09:00:00 | 90.00 | SALE");
    first = firm.run("2026-03-01", MODELS);
    second = firm.run("2026-03-02", MODELS);
  }

  /**
   * Percentile scores of the first night are 16.67, 50 and 83.33; the top tier has one customer of
   * three.
   */
  @Test
  void tonightsCustomersAreMeasuredByTheFirstNightsCuts() {
    String columns =
        """
        customer_id string, customer_class string, worth_score decimal(5,2), worth_tier string,
        previous_worth_tier string, is_worth_tier_changed boolean, worth_tier_rank int,
        worth_tier_change string
        """;
    assertFrame(
        frame(
            spark,
            columns,
            """
            ann | SMALL  | 16.67 | REST | | false | 2 |
            bob | MEDIUM | 50.00 | REST | | false | 2 |
            cid | LARGE  | 83.33 | TOP  | | false | 1 |
            """),
        value(first));
    assertFrame(
        frame(
            spark,
            columns,
            """
            ann | LARGE  | 83.33 | TOP  | REST | true  | 1 | UP
            bob | MEDIUM | 50.00 | REST | REST | false | 2 | SAME
            cid | LARGE  | 83.33 | TOP  | TOP  | false | 1 | SAME
            """),
        value(second));
  }

  @Test
  void theSecondNightUsesTheModelThatTheFirstHasLearned() {
    UsedModel learned = Objects.requireNonNull(first.models().get("cuts"));

    assertEquals(first.models(), second.models());
    assertTrue(Files.exists(firm.output().resolve("models/cuts/%s.json".formatted(learned.id()))));
  }

  /**
   * Ann rose to the top class and tier, but risen is 0: movement is switched off, so no customer is
   * compared.
   */
  @Test
  void theFiguresOfTheNightCountTheCustomersOfEveryLevel() {
    assertEquals(
        Optional.of(
            new NightFigures(
                3,
                List.of(
                    new Level("customer_class", "LARGE", 2, 0, 0),
                    new Level("customer_class", "MEDIUM", 1, 0, 0),
                    new Level("customer_class", "SMALL", 0, 0, 0),
                    new Level("worth_tier", "TOP", 2, 0, 0),
                    new Level("worth_tier", "REST", 1, 0, 0)),
                Optional.empty())),
        second.figures());
  }

  @Test
  void theHistoryKeepsScoresAndStates() {
    assertFrame(
        frame(
            spark,
            "as_of_date date, customer_id string, worth_score decimal(5,2), worth_tier string",
            """
            2026-03-01 | ann | 16.67 | REST
            2026-03-02 | ann | 83.33 | TOP
            """),
        uncommented(
            firm.table("customer_value_history").filter("customer_id = 'ann'"),
            "as_of_date",
            "customer_id",
            "worth_score",
            "worth_tier"));
  }

  /** Expects the id of the first night not to change by the cuts that it fitted itself. */
  @Test
  void aNightThatIsRunAgainIsUnchanged() throws IOException {
    NightResult again = firm.run("2026-03-02", MODELS);
    assertEquals(second.run(), again.run());
    assertEquals(second.figures(), again.figures());
    assertEquals(first.run(), firm.run("2026-03-01", MODELS).run());
  }

  private Dataset<Row> value(NightResult night) {
    return uncommented(
        firm.table(night, "customer_value"),
        "customer_id",
        "customer_class",
        "worth_score",
        "worth_tier",
        "previous_worth_tier",
        "is_worth_tier_changed",
        "worth_tier_rank",
        "worth_tier_change");
  }

  private static Dataset<Row> uncommented(Dataset<Row> table, String... columns) {
    Column[] plain =
        Arrays.stream(columns)
            .map(name -> col(name).as(name, Metadata.empty()))
            .toArray(Column[]::new);
    return table.select(plain);
  }
}
