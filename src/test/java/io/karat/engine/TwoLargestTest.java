package io.karat.engine;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.karat.testing.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class TwoLargestTest {
  private static final Column NONE = lit(null).cast("bigint");
  private static final String PURCHASES =
      """
      SELECT CONCAT('c', pmod(hash(id), 7)) AS customer_id, pmod(hash(id, 1), 40) AS day,
        IF(id % 13 = 0, NULL, BIGINT(pmod(hash(id, 2), 50) - 25)) AS amount
      FROM RANGE(500)
      """;

  @Test
  void aValueThatComesTwiceCountsTwiceAndAnUnknownOneNever(SparkSession spark) {
    Dataset<Row> purchases =
        frame(
            spark,
            "customer_id string, amount bigint",
            """
            ann | 5
            ann | 9
            ann |
            ann | 7
            ann | 9
            bob | -8
            bob | -3
            cat | 4
            cat |
            dan |
            """);

    assertFrame(
        frame(
            spark,
            "customer_id string, first bigint, second bigint",
            """
            ann | 9  | 9
            bob | -3 | -8
            cat | 4  |
            dan |    |
            """),
        perCustomer(purchases));
  }

  /** The two largest values of several days may be of the same day or of two days. */
  @Test
  void pairsOfDaysMergeIntoThePairOfAllDays(SparkSession spark) {
    Dataset<Row> purchases = spark.sql(PURCHASES);
    Dataset<Row> days = grouped(purchases, List.of("customer_id", "day"), col("amount"), NONE);

    assertFrame(
        perCustomer(purchases), grouped(days, List.of("customer_id"), col("first"), col("second")));
    assertFrame(
        purchases
            .groupBy("customer_id")
            .agg(
                expr("sort_array(collect_list(amount), false)[0] AS first"),
                expr("sort_array(collect_list(amount), false)[1] AS second")),
        perCustomer(purchases));
  }

  /** Both values come from one buffer, in a hash aggregation like that of a sum. */
  @Test
  void theTwoAreFoundTogetherInAnOrdinaryHashAggregation(SparkSession spark) {
    String plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) perCustomer(spark.sql(PURCHASES)))
            .queryExecution()
            .executedPlan()
            .toString();

    assertEquals(2, plan.split("HashAggregate\\(").length - 1, plan);
    assertEquals(1, plan.split("partial_two_largest").length - 1, plan);
    assertFalse(plan.contains("Sort"), plan);
  }

  private static Dataset<Row> perCustomer(Dataset<Row> purchases) {
    return grouped(purchases, List.of("customer_id"), col("amount"), NONE);
  }

  private static Dataset<Row> grouped(
      Dataset<Row> rows, List<String> keys, Column first, Column second) {
    List<Column> pair = TwoLargest.of(first, second, DataTypes.LongType);
    return rows.groupBy(keys.stream().map(functions::col).toArray(Column[]::new))
        .agg(pair.get(0).as("first"), pair.get(1).as("second"))
        .drop("day");
  }
}
