package io.karat.scores;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.scores.CustomerScores.Score;
import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The scores of single customers, equal to those that {@link PyramidTest} computes of all. */
@ExtendWith(LocalSpark.class)
class CustomerScoresTest {
  private final SparkSession spark;

  CustomerScoresTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aScoreAddsUpAndSaysWhereItsTiersBegin() {
    ScoredCustomers customers = PyramidTest.worth(spark);

    assertEquals(
        """
        worth_score 54.17, Top from 65.63, Good from 40, 11.46 to the next tier
        net_sales_amount_365d: 37.50 points, 40.000000 for the next tier
        recency_days: 16.67 points, ? for the next tier
        worth_tier: Good""",
        text(customers, "ben"));
    assertEquals(
        """
        worth_score 65.63, Top from 65.63, Good from 40, ? to the next tier
        net_sales_amount_365d: 65.63 points, ? for the next tier
        recency_days: 0.00 points, ? for the next tier
        worth_tier: Top""",
        text(customers, "dan"));
  }

  private static String text(ScoredCustomers customers, String id) {
    CustomerScores scores =
        CustomerScores.of(
                customers.plan(),
                customers.cuts(),
                customers.indicators().where("customer_id = '%s'".formatted(id)))
            .orElseThrow();
    Score score = scores.scores().get(0);
    return "%s %s, %s, %s to the next tier\n%s\n%s"
        .formatted(
            score.column(),
            number(score.value()),
            score.tiers().stream()
                .map(start -> start.tier().en() + " from " + number(Optional.of(start.points())))
                .collect(joining(", ")),
            number(score.toNextTier()),
            score.parts().stream()
                .map(
                    part ->
                        "%s: %s points, %s for the next tier"
                            .formatted(
                                part.indicator(),
                                number(part.points()),
                                number(part.forNextTier())))
                .collect(joining("\n")),
            scores.states().stream()
                .map(state -> state.column() + ": " + state.name().en())
                .collect(joining("\n")));
  }

  private static String number(Optional<BigDecimal> number) {
    return number.map(BigDecimal::toPlainString).orElse("?");
  }
}
