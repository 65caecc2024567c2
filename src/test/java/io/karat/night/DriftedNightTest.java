package io.karat.night;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.RefusedException;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of a night on which 30 of 200 customers, which is 15 %, buy so much that they change
 * segment.
 */
@ExtendWith(LocalSpark.class)
class DriftedNightTest {
  private static final String CLUSTERING =
      "clustering={features: {net_sales_amount_365d: 1}, k: 2}";

  private final SparkSession spark;
  @TempDir Path folder;

  DriftedNightTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void driftAboveALimitRefusesTheNightBeforeAnythingIsPublished() throws IOException {
    ToyFirm firm =
        ToyFirm.at(spark, folder)
            .deliver("2026-03-01", sales(1, 1, 100, 10) + sales(1, 101, 200, 900))
            .deliver("2026-03-02", sales(2, 1, 30, 900));
    firm.run("2026-03-01", CLUSTERING);
    SortedMap<String, String> published = firm.visible();

    RefusedException refusal =
        assertThrows(
            RefusedException.class,
            () -> firm.run("2026-03-02", CLUSTERING, "checks.segment_movement=error"));

    assertEquals(
        "segment_movement: 15 % of customers changed segment since the night of 2026-03-01: expected at"
            + " most 10 %.",
        String.valueOf(refusal.getMessage()).replaceAll("^.* live: | The staged .*$", ""));
    assertEquals("03-01 live", firm.nights());
    assertEquals(published, firm.visible());

    assertAChangeUpToTheLimitIsPublished(firm);
  }

  /** Two days of sales do not fill a window of 365 days, so psi has no limit. */
  private static void assertAChangeUpToTheLimitIsPublished(ToyFirm firm) throws IOException {
    NightResult night =
        firm.run(
            "2026-03-02",
            CLUSTERING,
            "checks.psi=off",
            "checks.segment_distance=off",
            "checks.segment_movement={severity: error, max: 15%}");

    assertEquals(
        """
        psi | off | off | null
        segment_distance | off | off | 0.050
        segment_movement | error | passed | 0.150
        """,
        ToyFirm.text(
            firm.table(night, "quality_results")
                .filter("check_name = 'psi' OR check_name LIKE 'segment%'"),
            "check_name",
            "severity",
            "status",
            "cast(limit_value AS decimal(4,3))"));
  }

  /** A sale of each customer of a range. */
  private static String sales(int day, int first, int last, int amount) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(
            i ->
                "d%d-%d | c%d | 2026-03-0%d 09:00:00 | %d.00 | SALE\n"
                    .formatted(day, i, i, day, amount + i % 10))
        .collect(joining());
  }
}
