package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.testing.ExecutedPlans;
import io.karat.testing.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the cost of a night: the number of times it reads the input, and the number of jobs of
 * its stages.
 */
@ExtendWith(LocalSpark.class)
class NightScansTest {
  private static final String GOOD_ROWS =
      """
      s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE
      s2 | bob | 2026-03-01 10:00:00 | 20.00 | SALE
      """;

  private final SparkSession spark;
  @TempDir Path folder;

  NightScansTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aNightWithoutUnusableRowsReadsTheInputOnce() throws Exception {
    Cost cost = costOf(GOOD_ROWS);

    assertEquals(1, cost.scans());
    assertBounded(cost.jobsByStage());
  }

  @Test
  void aNightWithUnusableRowsReadsTheInputTwice() throws Exception {
    assertEquals(2, costOf(GOOD_ROWS + "s3 | | 2026-03-01 11:00:00 | 5.00 | SALE").scans());
  }

  @Test
  void aTableIsJoinedOnceAfterOneLookAtItsKeys() throws Exception {
    Path costs = Files.createDirectory(folder.resolve("costs"));
    Files.writeString(costs.resolve("costs.json"), "{\"id\": \"s1\", \"cost\": 4.00}");
    String join = "inputs.transactions.join={to: '%s', format: json, on: id}".formatted(costs);
    String cost = "inputs.transactions.columns.cost=cost";

    assertEquals(1, costOf(GOOD_ROWS, "input", join, cost).scans());
    assertEquals(2, costOf(GOOD_ROWS, "costs", join, cost).scans());
  }

  /**
   * Asserts the bounds. With AQE each shuffle is a job, and reading a folder back starts one for
   * its schema.
   */
  private static void assertBounded(Map<String, Integer> jobsByStage) {
    Map<String, Integer> most =
        Map.of(
            "read inputs", 10,
            "customer_indicators", 4,
            "customer_value", 2,
            "value_contributions", 2,
            "levels", 12,
            "customer_value_history", 2,
            "small tables", 2);
    jobsByStage.forEach(
        (stage, jobs) ->
            assertTrue(
                jobs <= most.getOrDefault(stage, 0),
                () -> "%d jobs in stage '%s' of %s".formatted(jobs, stage, jobsByStage)));
    assertTrue(jobsByStage.keySet().containsAll(most.keySet()), jobsByStage::toString);
  }

  private Cost costOf(String rows) throws Exception {
    return costOf(rows, "input");
  }

  private Cost costOf(String rows, String scanned, String... sets) throws Exception {
    ToyFirm firm =
        ToyFirm.at(spark, Files.createTempDirectory(folder, "firm")).deliver("2026-03-01", rows);
    Jobs jobs = new Jobs();
    spark.sparkContext().addSparkListener(jobs);
    String[] all =
        Stream.concat(Stream.of("checks.unique=off", "checks.max_quarantine=1"), Stream.of(sets))
            .toArray(String[]::new);
    try {
      List<SparkPlan> nodes = ExecutedPlans.nodes(spark, () -> firm.run("2026-03-01", all));
      long scans = nodes.stream().filter(node -> isScan(node, "/" + scanned)).count();
      return new Cost((int) scans, new TreeMap<>(jobs.byStage));
    } finally {
      spark.sparkContext().removeSparkListener(jobs);
    }
  }

  /** Cost of a night: scans of the input, and jobs by stage. */
  private record Cost(int scans, Map<String, Integer> jobsByStage) {}

  private static boolean isScan(SparkPlan node, String folder) {
    return node instanceof FileSourceScanExec scan
        && scan.relation().location().rootPaths().toString().contains(folder);
  }

  /** Listener that counts jobs by stage of the night, as in their job descriptions. */
  private static final class Jobs extends SparkListener {
    private final Map<String, Integer> byStage = new ConcurrentSkipListMap<>();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      String description = job.properties().getProperty("spark.job.description", "none");
      byStage.merge(description.replaceFirst("^karat [0-9-]+: ", ""), 1, Integer::sum);
    }
  }
}
