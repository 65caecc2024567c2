package io.karat.ranks;

import static io.karat.settings.IndicatorSettings.Better.HIGHER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that customers are sorted once, whatever the number of queries, and that these take one
 * job.
 */
@ExtendWith(LocalSpark.class)
class FewJobsTest {
  private static final String CUSTOMERS =
      """
      SELECT CAST(id % 97 AS DECIMAL(12,2)) AS sales, id % 89 AS orders, INT(id % 5) AS region
      FROM RANGE(1000)
      """;
  private static final RankedColumn SALES = RankedColumn.of("sales");
  private static final RankedColumn ORDERS = RankedColumn.of("orders");

  @Test
  void moreColumnsAndQuestionsTakeNoMoreJobs(SparkSession spark) throws TimeoutException {
    Dataset<Row> customers = spark.sql(CUSTOMERS);
    List<RankedColumn> many =
        List.of(SALES, ORDERS, SALES.within("region"), ORDERS.within("region").adding("sales"));
    Counted<Distributions> one = count(spark, () -> Distributions.of(customers, List.of(SALES)));
    Counted<Distributions> more = count(spark, () -> Distributions.of(customers, many));

    // The shuffle of counts, the sample of ranges, the sorting shuffle, and the pass over the sums.
    assertEquals(new Cost(4, 4), one.cost());
    assertEquals(new Cost(4, 4), more.cost());
    assertEquals(
        new Cost(1, 1), count(spark, () -> one.result().answer(List.of(SALES.binCuts(5)))).cost());
    assertEquals(new Cost(1, 1), count(spark, () -> more.result().answer(questions(many))).cost());
    assertEquals(
        new Cost(1, 1),
        count(spark, () -> more.result().percentiles(SALES).collectAsList()).cost());
  }

  private static List<RankQuery<?>> questions(List<RankedColumn> columns) {
    return columns.stream()
        .<RankQuery<?>>flatMap(
            column ->
                Stream.of(
                    column.binCuts(5),
                    column.concentration(),
                    column.rankPoints(10),
                    column.topValueShare(new BigDecimal("0.8"), HIGHER)))
        .toList();
  }

  private static <T> Counted<T> count(SparkSession spark, Supplier<T> work)
      throws TimeoutException {
    AtomicInteger jobs = new AtomicInteger();
    AtomicInteger stages = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.incrementAndGet();
          }

          @Override
          public void onStageCompleted(SparkListenerStageCompleted stage) {
            stages.incrementAndGet();
          }
        };
    spark.sparkContext().addSparkListener(listener);
    try {
      T result = work.get();
      spark.sparkContext().listenerBus().waitUntilEmpty();
      return new Counted<>(result, new Cost(jobs.get(), stages.get()));
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }
  }

  /** The numbers of jobs and stages that ran, without skipped stages. */
  private record Cost(int jobs, int stages) {}

  private record Counted<T>(T result, Cost cost) {}
}
