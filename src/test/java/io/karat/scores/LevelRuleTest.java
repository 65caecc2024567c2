package io.karat.scores;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.apache.spark.sql.functions.col;

import io.karat.scores.LevelRule.Band;
import io.karat.scores.LevelRule.Start;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tiers with hysteresis: who keeps the tier of the night before, and what is missing to leave. */
@ExtendWith(LocalSpark.class)
class LevelRuleTest {
  private static final String CUSTOMERS = "score decimal(5,2), previous string, is_one_off boolean";
  private static final String EXPECTED = CUSTOMERS + ", tier string, to_next decimal(7,3)";

  private final SparkSession spark;

  LevelRuleTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aCustomerKeepsItsTierUntilTheScoreHasPassedTheBand() {
    assertTiers(
        rule("80", "50").withHysteresis(new BigDecimal("2")),
        """
        80.00 |         | false | GOLD   |
        79.99 |         | false | SILVER |  0.010
        79.99 | SILVER  | false | SILVER |  0.010
        80.00 | SILVER  | false | GOLD   |
        78.00 | GOLD    | false | GOLD   |
        77.99 | GOLD    | false | SILVER |  2.010
        52.00 | BASIC   | false | SILVER | 28.000
        51.99 | BASIC   | false | BASIC  |  0.010
        48.00 | SILVER  | false | SILVER | 32.000
        47.99 | SILVER  | false | BASIC  |  4.010
        """);
  }

  @Test
  void aLongWayCountsPastSeveralCuts() {
    assertTiers(
        rule("80", "50").withHysteresis(new BigDecimal("2")),
        """
        83.00 | BASIC   | false | GOLD   |
        79.00 | BASIC   | false | SILVER |  1.000
        49.00 | GOLD    | false | SILVER | 31.000
        20.00 | GOLD    | false | BASIC  | 32.000
        """);
  }

  @Test
  void aTierThatIsUnknownTonightKeepsNobody() {
    assertTiers(
        rule("80", "50").withHysteresis(new BigDecimal("2")),
        """
        80.00 | LEADING | false | GOLD   |
        79.00 | DIAMOND | false | SILVER |  1.000
        """);
  }

  @Test
  void aOneOffBigTicketLeavesTheFirstTierAtOnceAndMissesNoPointsToIt() {
    assertTiers(
        rule("80", "50").withHysteresis(new BigDecimal("2")),
        """
        95.00 | GOLD    | true  | SILVER |
        79.00 | GOLD    | true  | SILVER |
        49.00 | BASIC   | true  | BASIC  |  3.000
        """);
  }

  /**
   * Ranks of a small firm end below 100 points, so the first tier is entered at its start; tiers
   * may begin close to each other.
   */
  @Test
  void everyTierCanBeReachedAndLeft() {
    assertTiers(
        rule("99", "98").withHysteresis(new BigDecimal("2")),
        """
        99.00 | SILVER  | false | GOLD   |
        98.99 | SILVER  | false | SILVER |  0.010
        98.50 | GOLD    | false | GOLD   |
        98.49 | GOLD    | false | SILVER |  0.510
        96.00 | SILVER  | false | SILVER |  3.000
        95.99 | SILVER  | false | BASIC  |  2.510
        """);
  }

  @Test
  void withoutHysteresisTheScoreAloneDecides() {
    assertTiers(
        rule("80", "50").withHysteresis(BigDecimal.ZERO),
        """
        80.00 | SILVER  | false | GOLD   |
        79.99 | GOLD    | false | SILVER |  0.010
        """);
  }

  private void assertTiers(LevelRule rule, String rows) {
    assertFrame(
        frame(spark, EXPECTED, rows),
        frame(spark, EXPECTED, rows)
            .select(
                col("score"),
                col("previous"),
                col("is_one_off"),
                rule.level(col("is_one_off"), col("previous")).as("tier"),
                rule.toNext(rule.level(col("is_one_off"), col("previous")), col("is_one_off"))
                    .cast("decimal(7,3)")
                    .as("to_next")));
  }

  private static LevelRule rule(String gold, String silver) {
    return new LevelRule(
        "score", Better.HIGHER, List.of(start("GOLD", gold), start("SILVER", silver)), "BASIC");
  }

  private static Start start(String level, String value) {
    return new Start(level, Optional.of(Band.without(new BigDecimal(value))));
  }
}
