package io.karat.measures;

import static io.karat.measures.Uses.lastDays;
import static io.karat.measures.Uses.lifetime;
import static io.karat.measures.Uses.use;
import static io.karat.testing.TextTable.assertFrame;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.input.InputRows;
import io.karat.settings.InputTable;
import io.karat.settings.MeasureSettings.Per;
import io.karat.testing.ExecutedPlans;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import io.karat.testing.Sources;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.physical.HashPartitioning;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.aggregate.ObjectHashAggregateExec;
import org.apache.spark.sql.execution.exchange.Exchange;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeLike;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tests that the rows of an input are read once and shuffled once, whatever is computed from them.
 */
@ExtendWith(LocalSpark.class)
class OnePassTest {
  private static final String AS_OF = "2026-03-01";
  private static final String LINES =
      """
      SELECT IF(id %% 5 = 0, 'big', CONCAT('c', id %% 997)) AS customer_id,
        DATE_ADD(DATE'2025-01-01', INT(id %% 430)) AS transaction_time,
        CONCAT('T', id DIV 3) AS transaction_id,
        IF(id DIV 3 %% 7 = 0, 'RETURN', 'SALE') AS type,
        CAST(id %% 1009 AS DECIMAL(10,2)) AS amount,
        CONCAT('P', id %% 31) AS product_id,
        CONCAT('shop ', id %% 4) AS channel
      FROM RANGE(%d)
      """;

  private static final String ROWS =
      """
      SELECT CONCAT('c', id % 997) AS customer_id,
        DATE_ADD(DATE'2025-01-01', INT(id % 420)) AS day,
        IF(id % 7 = 0, 'RETURN', 'SALE') AS type, CAST(id % 1009 AS DECIMAL(10,2)) AS amount, id
      FROM RANGE(1, 2001)
      """;

  private final Night night =
      Night.ofLines(
          "indicators.windows=[90d, 365d, lifetime]",
          "inputs.transactions.columns.product_id=product_id",
          "inputs.transactions.columns.channel=channel",
          "inputs.transactions.key=[transaction_id, product_id]");

  @TempDir private Path folder;

  @Test
  void allIndicatorsAndTalliesTakeOneScanAndOneExchangeOfRows(SparkSession spark) throws Exception {
    spark.sql(LINES.formatted(2_000)).write().parquet(folder.resolve("lines").toString());
    Dataset<Row> source = spark.read().parquet(folder.resolve("lines").toString());
    InputRows rows = night.rows(source, AS_OF);
    Dataset<Row> customers = night.measures(rows, night.plan().uses(LocalDate.parse(AS_OF)), AS_OF);

    SparkPlan plan =
        executed(
            spark,
            () ->
                customers
                    .unionByName(rows.tallies(), true)
                    .write()
                    .parquet(folder.resolve("measures").toString()));

    List<SparkPlan> nodes = ExecutedPlans.nodes(plan);
    assertEquals(1, nodes.stream().filter(FileSourceScanExec.class::isInstance).count());
    assertEquals(
        List.of("[customer_id]", "[day, outcome]"),
        nodes.stream()
            .filter(Exchange.class::isInstance)
            .map(exchange -> keys(exchange.outputPartitioning()))
            .sorted()
            .toList());
    assertEquals(1, reused(plan), "the tallies read the rows again, and nothing else does");
  }

  /**
   * Aliases are few and broadcast. The balance and the repeated keys shuffle little; customers have
   * no day, and their key is partitioned already. Receivables, invoices and own counts of different
   * values come out of the same five aggregates, and re-deliveries are looked for once.
   */
  @Test
  void allInputsTogetherTakeOneScanAndOneExchangeOfRowsEach(SparkSession spark) throws Exception {
    Sources firm = firm(spark);
    Night configured =
        firm.night(
            "indicators.windows=[90d, 365d, lifetime]",
            "inputs.customers.characteristics={region: category}",
            "indicators.measures={b: {count_distinct: amount}}",
            "indicators.custom={amounts: {value: b}}");
    List<InputRows> inputs = firm.rows(configured, AS_OF);
    Dataset<Row> customers =
        configured.measures(inputs, configured.plan().uses(LocalDate.parse(AS_OF)), AS_OF);
    Dataset<Row> stored =
        inputs.stream()
            .flatMap(rows -> Stream.of(rows.tallies(), rows.repeatedKeys(Optional.empty())))
            .reduce(customers, (all, more) -> all.unionByName(more, true));

    SparkPlan plan =
        executed(spark, () -> stored.write().parquet(folder.resolve("six measures").toString()));

    List<SparkPlan> nodes = ExecutedPlans.nodes(plan);
    assertEquals(
        List.of("contacts", "customers", "opportunities", "payments", "transactions"),
        nodes.stream()
            .filter(FileSourceScanExec.class::isInstance)
            .map(scan -> root((FileSourceScanExec) scan))
            .sorted()
            .toList());
    assertEquals(
        Map.of(
            "[customer_id]", 5L,
            "[day, outcome]", 4L,
            "[null, outcome]", 1L,
            "[transaction_id]", 1L,
            "[payment_id]", 1L,
            "[contact_id]", 1L,
            "[opportunity_id]", 1L,
            "SinglePartition", 5L),
        nodes.stream()
            .filter(ShuffleExchangeLike.class::isInstance)
            .collect(groupingBy(exchange -> keys(exchange.outputPartitioning()), counting())));
    assertEquals(5, count(nodes, SortExec.class), "rows are sorted for re-deliveries alone");
    assertEquals(6, count(nodes, ObjectHashAggregateExec.class), "each input, and all together");
  }

  private static long count(List<SparkPlan> nodes, Class<? extends SparkPlan> kind) {
    return nodes.stream().filter(kind::isInstance).count();
  }

  private Sources firm(SparkSession spark) {
    Map<InputTable, String> tables =
        Map.of(
            InputTable.TRANSACTIONS,
            "customer_id, day AS transaction_time, type, amount, id AS transaction_id,"
                + " id % 31 AS product_id, id % 4 AS channel, DATE_ADD(day, 30) AS due_date",
            InputTable.PAYMENTS,
            "customer_id, day AS payment_time, amount, id AS payment_id, id AS transaction_id",
            InputTable.CONTACTS,
            "customer_id, day AS contact_time, 'TASK' AS type, amount AS cost, id AS contact_id,"
                + " 3 AS satisfaction",
            InputTable.CUSTOMERS,
            "customer_id, day AS created_date, amount AS opening_balance, type AS region",
            InputTable.OPPORTUNITIES,
            "customer_id, day AS created_date, amount, 0.5 AS probability, id AS opportunity_id",
            InputTable.ALIASES,
            "CONCAT('c', id) AS alias_id, CONCAT('c', id - 1) AS customer_id");
    Sources firm = new Sources(Map.of());
    for (Map.Entry<InputTable, String> table : tables.entrySet()) {
      String path = folder.resolve(table.getKey().tableName()).toString();
      spark
          .sql("SELECT %s FROM (%s)".formatted(table.getValue(), ROWS))
          .limit(table.getKey() == InputTable.ALIASES ? 30 : 2_000)
          .write()
          .parquet(path);
      firm = firm.with(table.getKey(), spark.read().parquet(path));
    }
    return firm;
  }

  private static String root(FileSourceScanExec scan) {
    return scan.relation().location().rootPaths().head().getName();
  }

  /** The big customer has a fifth of the 200,000 rows. */
  @Test
  void aCustomerWithAFifthOfAllRowsIsAddedUpLikeAnyOther(SparkSession spark) {
    Dataset<Row> source = spark.sql(LINES.formatted(200_000));
    Night lines = Night.ofLines();
    List<Measure.Use> uses =
        List.of(
            use("sales", Per.TRANSACTION, "count 1 where type = 'SALE'", lifetime(AS_OF)),
            use("amount", Per.ROW, "sum amount where type = 'SALE'", lifetime(AS_OF)),
            use("recent", Per.ROW, "sum amount where type = 'SALE'", lastDays(90, AS_OF)),
            use("days", Per.DAY, "count 1 where sale_count > 0", lifetime(AS_OF)));

    Dataset<Row> grouped =
        source
            .filter("transaction_time <= '" + AS_OF + "'")
            .groupBy("customer_id")
            .agg(
                expr(
                    "count(DISTINCT IF(type = 'SALE', transaction_id || transaction_time, NULL))"
                        + " AS sales_lifetime"),
                expr("CAST(SUM(IF(type = 'SALE', amount, 0)) AS DECIMAL(38,2)) AS amount_lifetime"),
                expr(
                    "CAST(SUM(IF(type = 'SALE' AND transaction_time > '2025-12-01', amount, 0))"
                        + " AS DECIMAL(38,2)) AS recent_90d"),
                expr("count(DISTINCT IF(type = 'SALE', transaction_time, NULL)) AS days_lifetime"));

    assertFrame(
        grouped,
        lines
            .measures(source, uses, Set.of(), AS_OF)
            .select(
                "customer_id", "sales_lifetime", "amount_lifetime", "recent_90d", "days_lifetime"));
  }

  private static SparkPlan executed(SparkSession spark, Runnable action) throws Exception {
    CompletableFuture<SparkPlan> plan = new CompletableFuture<>();
    QueryExecutionListener listener =
        new QueryExecutionListener() {
          @Override
          public void onSuccess(String name, QueryExecution execution, long nanoseconds) {
            plan.complete(execution.executedPlan());
          }

          @Override
          public void onFailure(String name, QueryExecution execution, Exception error) {
            plan.completeExceptionally(error);
          }
        };
    spark.listenerManager().register(listener);
    try {
      action.run();
      return plan.get(1, TimeUnit.MINUTES);
    } finally {
      spark.listenerManager().unregister(listener);
    }
  }

  private static long reused(SparkPlan plan) {
    if (plan instanceof ReusedExchangeExec) {
      return 1;
    }
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      return reused(adaptive.executedPlan());
    }
    if (plan instanceof QueryStageExec stage) {
      return reused(stage.plan());
    }
    if (plan instanceof CommandResultExec command) {
      return reused(command.commandPhysicalPlan());
    }
    return CollectionConverters.asJava(plan.children()).stream()
        .mapToLong(OnePassTest::reused)
        .sum();
  }

  private static String keys(Partitioning partitioning) {
    return partitioning instanceof HashPartitioning hash
        ? CollectionConverters.asJava(hash.expressions()).stream()
            .map(key -> key.sql())
            .toList()
            .toString()
        : partitioning.toString();
  }
}
