package io.karat.engine;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.run.SessionSettings;
import io.karat.testing.LocalSpark;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.jdk.javaapi.CollectionConverters;

/** Tests that results stay the same, with half the aggregations where no exchange is needed. */
@ExtendWith(LocalSpark.class)
class CombineAdjacentAggregationTest {
  private static final String FALLBACK =
      "spark.sql.objectHashAggregate.sortBased.fallbackThreshold";
  private static final String PURCHASES =
      """
      SELECT CONCAT('c', pmod(hash(id), 37)) AS customer_id, pmod(hash(id, 1), 40) AS day,
        IF(id % 13 = 0, NULL, BIGINT(pmod(hash(id, 2), 500) - 250)) AS amount
      FROM RANGE(2000)
      """;

  private final SparkSession spark;

  CombineAdjacentAggregationTest(SparkSession spark) {
    this.spark = spark;
  }

  @AfterEach
  void resetSession() {
    spark.conf().unset(CombineAdjacentAggregation.KEY);
    SessionSettings.of(ZoneId.of("UTC")).forEach(spark.conf()::set);
  }

  @Test
  void rowsThatLieByCustomerAreAddedUpAtOnce() {
    Dataset<Row> values =
        byCustomer()
            .groupBy("customer_id")
            .agg(
                count(lit(1)),
                sum("amount"),
                avg("amount"),
                max("day"),
                min_by(col("amount"), col("day").multiply(1000).plus(col("amount"))),
                expr("sum(amount) FILTER (WHERE day > 20)"));

    assertCombined(1, 2, values);
  }

  @Test
  void soAreAFewWhereMostPartitionsAreEmpty() {
    Dataset<Row> few = spark.sql(PURCHASES).filter("customer_id IN ('c1', 'c2')");

    assertCombined(
        1, 2, few.repartition(8, col("customer_id")).groupBy("customer_id").agg(sum("amount")));
  }

  @Test
  void soAreListsInMemoryOrAfterSorting() {
    Dataset<Row> lists =
        byCustomer()
            .groupBy("customer_id")
            .agg(sort_array(collect_list("amount")), sum("amount"), count("amount"));

    assertCombined(1, 2, lists);
    spark.conf().set(FALLBACK, "3");
    assertCombined(1, 2, lists);
  }

  @Test
  void soAreGroupsOfGroups() {
    Dataset<Row> days =
        byCustomer()
            .groupBy("customer_id", "day")
            .agg(sum("amount").as("of_day"))
            .groupBy("customer_id")
            .agg(max("of_day"), count(lit(1)));

    assertCombined(2, 4, days);
  }

  @Test
  void soAreNamesAlone() {
    assertCombined(1, 2, byCustomer().select("customer_id", "day").distinct());
  }

  @Test
  void rowsThatHaveToBeMovedAreAddedUpBeforeAndAfter() {
    assertCombined(2, 2, spark.sql(PURCHASES).groupBy("day").agg(sum("amount")));
    assertCombined(2, 2, byCustomer().groupBy("day").agg(sum("amount")));
  }

  @Test
  void differentValuesAreStillCountedInFourSteps() {
    Dataset<Row> counts =
        byCustomer().groupBy("customer_id").agg(count_distinct(col("day")), sum("amount"));

    assertCombined(4, 4, counts);
  }

  private Dataset<Row> byCustomer() {
    return spark.sql(PURCHASES).repartition(3, col("customer_id"));
  }

  private void assertCombined(int combined, int apart, Dataset<Row> rows) {
    spark.conf().set(CombineAdjacentAggregation.KEY, "false");
    Answer expected = answer(rows);
    spark.conf().unset(CombineAdjacentAggregation.KEY);
    Answer actual = answer(rows);

    assertEquals(expected.rows(), actual.rows());
    assertEquals(List.of(combined, apart), List.of(actual.aggregates(), expected.aggregates()));
  }

  /** Plans the rows anew, because a frame keeps its plan. */
  private Answer answer(Dataset<Row> rows) {
    Dataset<Row> fresh = rows.select("*");
    List<String> answer = fresh.collectAsList().stream().map(Row::toString).sorted().toList();
    return new Answer(answer, (int) aggregates(fresh.queryExecution().executedPlan()));
  }

  private static long aggregates(SparkPlan plan) {
    SparkPlan executed =
        plan instanceof AdaptiveSparkPlanExec adaptive
            ? adaptive.executedPlan()
            : plan instanceof QueryStageExec stage ? stage.plan() : plan;
    Stream<SparkPlan> below =
        executed == plan
            ? CollectionConverters.asJava(plan.children()).stream()
            : Stream.of(executed);
    return (plan instanceof BaseAggregateExec ? 1 : 0)
        + below.mapToLong(CombineAdjacentAggregationTest::aggregates).sum();
  }

  private record Answer(List<String> rows, int aggregates) {}
}
