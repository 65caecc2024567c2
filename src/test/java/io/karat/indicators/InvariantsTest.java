package io.karat.indicators;

import static io.karat.testing.TextTable.assertFrame;
import static org.apache.spark.sql.functions.col;

import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of changes to the lines of an input that must not change any indicator. */
@ExtendWith(LocalSpark.class)
class InvariantsTest {
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String AS_OF = "2026-04-30";
  private static final String LINES =
      """
      SELECT CONCAT('c', pmod(hash(id DIV 3), 23)) AS customer_id,
        DATE_ADD(DATE'2025-03-01', pmod(hash(id DIV 3, 1), 425)) AS transaction_time,
        CONCAT('T', id DIV 3) AS transaction_id,
        IF(pmod(hash(id DIV 3, 2), 6) = 0, 'RETURN', 'SALE') AS type,
        CAST(pmod(hash(id, 3), 9000) - 500 AS DECIMAL(12,2)) AS amount,
        CAST(pmod(hash(id, 5), 90) AS DECIMAL(12,2)) AS cost,
        CONCAT('P', pmod(hash(id, 6), 40)) AS product_id,
        CONCAT('shop ', pmod(hash(id, 7), 5)) AS channel
      FROM RANGE(900)
      """;
  private static final String COST = "inputs.transactions.columns.cost=cost";
  private static final String PRODUCT = "inputs.transactions.columns.product_id=product_id";
  private static final String CHANNEL = "inputs.transactions.columns.channel=channel";
  private static final String AGAIN = "inputs.transactions.key=[product_id]";

  /** The key makes re-deliveries, of which one must be chosen. */
  @Test
  void neitherOrderNorPartitionsMatter(SparkSession spark) {
    Night night = Night.ofLines(COST, PRODUCT, CHANNEL, AGAIN);
    Dataset<Row> lines = spark.sql(LINES);
    Dataset<Row> indicators = night.indicators(lines, AS_OF);
    Dataset<Row> expected = spark.createDataFrame(indicators.collectAsList(), indicators.schema());
    String before = spark.conf().get(PARTITIONS);
    try {
      for (int partitions : List.of(1, 2, 7, 200)) {
        spark.conf().set(PARTITIONS, partitions);
        Dataset<Row> shuffled =
            lines.repartition(partitions, col("amount")).sortWithinPartitions("product_id");
        assertFrame(expected, night.indicators(shuffled, AS_OF));
      }
    } finally {
      spark.conf().set(PARTITIONS, before);
    }
  }

  /** No indicator counts lines, so two halves of a line equal the whole. */
  @Test
  void aLineInTwoHalvesIsTheSameLine(SparkSession spark) {
    Night night = Night.ofLines(COST, PRODUCT, CHANNEL);
    Dataset<Row> lines = spark.sql(LINES);
    Dataset<Row> halves =
        lines
            .withColumn("amount", col("amount").divide(2).cast("decimal(12,2)"))
            .withColumn("cost", col("cost").divide(2).cast("decimal(12,2)"));

    assertFrame(night.indicators(lines, AS_OF), night.indicators(halves.union(halves), AS_OF));
  }

  @Test
  void tenTimesTheMoneyIsTenTimesTheAmountsAndTheSameShares(SparkSession spark) {
    Night night = Night.ofLines(COST, PRODUCT, CHANNEL);
    Night tenfold =
        Night.ofLines(
            "inputs.transactions.columns.cost=cost * 10",
            "inputs.transactions.columns.amount=amount * 10",
            PRODUCT,
            CHANNEL);
    String[] same = {
      "customer_id",
      "transaction_count_365d",
      "gross_margin_365d",
      "return_rate_365d",
      "main_channel_365d",
      "product_count_365d",
      "sales_trend_365d",
      "CAST(%s sales_amount_365d AS DECIMAL(18,2)) AS sales_amount",
      "CAST(%s net_sales_amount_365d AS DECIMAL(18,2)) AS net_sales_amount",
      "CAST(%s profit_365d AS DECIMAL(18,2)) AS profit",
      "CAST(%s maximum_transaction_amount_365d AS DECIMAL(18,2)) AS maximum"
    };

    assertFrame(
        night.indicators(spark.sql(LINES), AS_OF).selectExpr(times("10 *", same)),
        tenfold.indicators(spark.sql(LINES), AS_OF).selectExpr(times("", same)));
  }

  private static String[] times(String factor, String[] columns) {
    return Arrays.stream(columns)
        .map(column -> column.replace("%s", factor))
        .toArray(String[]::new);
  }
}
