package io.karat.generate;

import static io.karat.generate.TextRows.assertRows;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.var_pop;

import io.karat.testing.LocalSpark;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class SeededRandomTest {
  private final SeededRandom chance = new SeededRandom(7);

  @Test
  void drawsAreSpreadAsTheySay(SparkSession spark) {
    Column customer = col("id");
    Dataset<Row> draws =
        spark
            .range(100_000)
            .select(
                chance.uniform("even", customer).as("even"),
                chance.bell("bell", customer).as("bell"),
                chance.lasting("lasting", customer).as("lasting"),
                chance.times(lit(6.0), "times", customer).as("times"),
                chance.whole(10, "whole", customer).as("whole"));

    // A uniform draw has variance 1/12; a negative binomial one of shape 2 has mean + mean^2 / 2.
    assertRows(
        """
        even | even_variance | bell | bell_variance | lasting | times | times_variance | whole
        0.5  | 0.08          | 0.0  | 1.0           | 1.0     | 6.0   | 24.0           | 4.5
        """,
        draws.select(
            round(avg("even"), 2).as("even"),
            round(var_pop(col("even")), 2).as("even_variance"),
            round(avg("bell"), 1).plus(0.0).as("bell"),
            round(var_pop(col("bell")), 1).as("bell_variance"),
            round(avg("lasting"), 1).as("lasting"),
            round(avg("times"), 1).as("times"),
            round(var_pop(col("times")), 0).as("times_variance"),
            round(avg("whole"), 1).as("whole")));
  }

  @Test
  void aDrawStaysWithinItsLimits(SparkSession spark) {
    Column even = chance.uniform("even", col("id"));

    assertRows(
        """
        is_above_0 | is_below_1 | least | most | kinds
        true       | true       | 0     | 3    | 4
        """,
        spark
            .range(10_000)
            .select(even.as("even"), chance.whole(4, "whole", col("id")).as("whole"))
            .select(
                min("even").gt(0).as("is_above_0"),
                max("even").lt(1).as("is_below_1"),
                min("whole").as("least"),
                max("whole").as("most"),
                count_distinct(col("whole")).as("kinds")));
  }

  @Test
  void seedPurposeAndKeyEachChangeADraw(SparkSession spark) {
    Column key = col("id");

    assertRows(
        """
        draws
        4
        """,
        spark
            .range(1)
            .select(
                explode(
                        array(
                            chance.uniform("a", key),
                            chance.uniform("b", key),
                            chance.uniform("a", key.plus(1)),
                            new SeededRandom(8).uniform("a", key),
                            chance.uniform("a", key)))
                    .as("draw"))
            .select(count_distinct(col("draw")).as("draws")));
  }
}
