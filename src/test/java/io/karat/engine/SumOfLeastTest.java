package io.karat.engine;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.apache.spark.sql.functions.col;

import io.karat.testing.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class SumOfLeastTest {
  private static final String PURCHASES =
      """
      SELECT CONCAT('c', pmod(hash(id), 7)) AS customer_id, CAST(pmod(hash(id, 1), 40) AS INT) AS day,
        IF(id % 13 = 0, NULL, CAST(pmod(hash(id, 2), 5) AS INT)) AS month, id AS high, 3 * id AS low
      FROM RANGE(500)
      """;

  @Test
  void theRowsOfTheLeastKeyAreAddedUp(SparkSession spark) {
    assertFrame(
        frame(
            spark,
            "customer_id string, key int, high bigint, low bigint",
            """
            ann | 3 | 5 | 70
            bob | 2 | 9 |  1
            cat |   |   |
            """),
        grouped(
            frame(
                spark,
                "customer_id string, month int, high bigint, low bigint",
                """
                ann | 4 | 100 | 100
                ann | 3 |   1 |  30
                ann | 3 |   4 |  40
                ann |   |   9 |   9
                bob | 2 |   9 |   1
                bob | 5 |   1 |   1
                cat |   |   7 |   7
                """),
            List.of("customer_id"),
            "month"));
  }

  /** Sums of days merge into the sum of all days, as from the rows themselves. */
  @Test
  void sumsOfGroupsMergeIntoTheSumOfAll(SparkSession spark) {
    Dataset<Row> purchases = spark.sql(PURCHASES);
    Dataset<Row> days = grouped(purchases, List.of("customer_id", "day"), "month").drop("day");

    Dataset<Row> all = grouped(days, List.of("customer_id"), "key");
    assertFrame(grouped(purchases, List.of("customer_id"), "month"), all);
    assertFrame(
        spark.sql(
            """
            WITH purchases AS (%s),
              firsts AS (SELECT customer_id, min(month) AS key FROM purchases GROUP BY 1)
            SELECT customer_id, key, sum(high) AS high, sum(low) AS low
            FROM purchases JOIN firsts USING (customer_id) WHERE month = key GROUP BY 1, 2
            """
                .formatted(PURCHASES)),
        all);
  }

  private static Dataset<Row> grouped(Dataset<Row> rows, List<String> by, String key) {
    List<Column> parts = SumOfLeast.of(col(key), col("high"), col("low"));
    return rows.groupBy(by.stream().map(functions::col).toArray(Column[]::new))
        .agg(parts.get(0).as("key"), parts.get(1).as("high"), parts.get(2).as("low"));
  }
}
