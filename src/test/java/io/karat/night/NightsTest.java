package io.karat.night;

import static io.karat.night.ToyFirm.hashes;
import static io.karat.night.ToyFirm.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.ReleaseAudit;
import io.karat.publishing.RunLock;
import io.karat.run.ExitCode;
import io.karat.run.RefusedException;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of one night after another: repeated, out of order, corrected, rolled back. */
@Tag("long")
@ExtendWith(LocalSpark.class)
class NightsTest {
  private final SparkSession spark;
  @TempDir Path folder;

  NightsTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aRepeatedNightIsUnchangedAndRewritesNothing() throws IOException {
    ToyFirm firm = threeDays();
    NightResult once = firm.run("2026-03-02");
    SortedMap<String, String> files = firm.files();

    NightResult twice = firm.run("2026-03-02", "language=zh", "output.retention.releases=5");

    assertTrue(once.isNew());
    assertFalse(twice.isNew());
    assertEquals(once.run(), twice.run());
    assertEquals(once.tables(), twice.tables());
    assertEquals(files, firm.files());
  }

  @Test
  void theSameRowsHoweverStoredGiveTheSameTables() throws IOException {
    Dataset<Row> rows = ToyFirm.rows(spark, 400);
    NightResult one = stored(rows, 1, true);

    for (NightResult other :
        new NightResult[] {stored(rows, 2, true), stored(rows, 7, false), stored(rows, 40, true)}) {
      assertEquals(PublishedTables.NAMES.size() - 1, hashes(other.tables()).size());
      assertEquals(hashes(one.tables()), hashes(other.tables()));
      assertNotEquals(one.run().id(), other.run().id());
    }
  }

  @Test
  void theSameRowsInAnyFormatGiveTheSameTables() throws IOException {
    Dataset<Row> rows = ToyFirm.rows(spark, 400);
    Map<String, SortedMap<String, String>> tables = new TreeMap<>();
    for (String format : List.of("csv", "json", "orc", "parquet")) {
      ToyFirm firm = ToyFirm.at(spark, folder.resolve(format));
      rows.coalesce(2).write().option("header", true).format(format).save(firm.input().toString());
      tables.put(
          format, hashes(firm.run("2026-03-03", "inputs.transactions.format=" + format).tables()));
    }

    SortedMap<String, String> expected = Objects.requireNonNull(tables.get("csv"));
    assertEquals(PublishedTables.NAMES.size() - 1, expected.size());
    tables.forEach((format, hashes) -> assertEquals(expected, hashes, format));
  }

  private NightResult stored(Dataset<Row> rows, int partitions, boolean adaptive)
      throws IOException {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.shuffle.partitions", Integer.toString(partitions));
    session.conf().set("spark.sql.adaptive.enabled", Boolean.toString(adaptive));
    session.conf().set("spark.sql.files.openCostInBytes", "128m");
    ToyFirm firm = ToyFirm.at(session, folder.resolve(Integer.toString(partitions)));
    firm.write(rows.repartition(partitions), "");
    Dataset<Row> read = firm.transactions("2026-03-03");
    assertEquals(partitions, read.javaRDD().getNumPartitions());
    return firm.run("2026-03-03");
  }

  @Test
  void nightsInAnyOrder() throws IOException {
    ToyFirm firm = threeDays();
    NightResult second = firm.run("2026-03-02");
    assertEquals("03-02 live", firm.nights());

    NightResult third = firm.run("2026-03-03");
    assertTrue(third.isLive());
    assertEquals("03-02, 03-03 live", firm.nights());

    // An older night becomes a release and part of the history, but readers stay where they are.
    NightResult older = firm.run("2026-03-01");
    assertTrue(older.isNew());
    assertFalse(older.isLive());
    assertEquals("03-02, 03-03 live, 03-01", firm.nights());
    assertEquals(third.run().id(), firm.out().current().orElseThrow().runId());
    assertEquals(
        Map.of(
            LocalDate.parse("2026-03-01"), older.run().id(),
            LocalDate.parse("2026-03-02"), second.run().id(),
            LocalDate.parse("2026-03-03"), third.run().id()),
        history(firm));
    assertFalse(firm.run("2026-03-01").isNew());

    // Made live on demand, the older night is unchanged, and a later one replaces it again.
    NightResult madeLive = firm.job(firm.plan()).run(LocalDate.parse("2026-03-01"), true);
    assertFalse(madeLive.isNew());
    assertTrue(madeLive.isLive());
    assertEquals("2026-03-01\n", text(firm.table("customer_indicators").limit(1), "as_of_date"));
    assertTrue(firm.run("2026-03-03").isLive());
    assertEquals("03-02, 03-01, 03-03 live", firm.nights());

    // A later night lists every run that was published, also those that were never live.
    deliverFourth(firm);
    assertTrue(firm.run("2026-03-04").isLive());
    assertEquals(
        """
        2026-03-01 | 1
        2026-03-02 | 2
        2026-03-03 | 3
        2026-03-04 | 3
        """,
        text(firm.table("customer_value_history").groupBy("as_of_date").count(), "*"));
    assertEquals(
        """
        2026-03-01 | false
        2026-03-02 | true
        2026-03-03 | true
        2026-03-04 | true
        """,
        text(firm.table("runs"), "as_of_date", "is_live_at_commit"));
  }

  @Test
  void correctedInputReplacesTheNight() throws IOException {
    ToyFirm firm = threeDays();
    firm.run("2026-03-01");
    NightResult wrong = firm.run("2026-03-02");
    firm.deliver("2026-03-02", "s9 | eve | 2026-03-02 18:00:00 | 1.00 | SALE");

    NightResult right = firm.run("2026-03-02");

    assertTrue(right.isNew());
    assertNotEquals(wrong.run().id(), right.run().id());
    assertEquals("03-01, 03-02, 03-02 live", firm.nights());
    assertEquals(
        "2026-03-01 | 1\n2026-03-02 | 3\n",
        text(firm.table("customer_value_history").groupBy("as_of_date").count(), "*"));
    assertEquals(right.run().id(), history(firm).get(LocalDate.parse("2026-03-02")));
  }

  @Test
  void aNightThatWasTakenBackStaysAwayUntilSomebodyInsists() throws IOException {
    ToyFirm firm = threeDays();
    firm.run("2026-03-01");
    NightResult second = firm.run("2026-03-02");
    try (RunLock lock = firm.out().lock("rollback")) {
      firm.out().rollBack(Optional.empty(), new ReleaseAudit(spark, firm.out()), lock);
    }
    assertEquals("03-01 live, 03-02 withdrawn", firm.nights());
    assertEquals(
        "2026-03-01 | 1\n",
        text(firm.table("customer_value_history").groupBy("as_of_date").count(), "*"));
    assertEquals(1, history(firm).size());

    RefusedException refused = assertThrows(RefusedException.class, () -> firm.run("2026-03-02"));
    assertEquals(ExitCode.REFUSED, refused.exitCode());
    assertEquals(
        ("Cannot publish run RUN: a rollback withdrew it. Change its inputs or its settings,"
                + " or run 'karat publish RUN' to publish it again as it is.")
            .replace("RUN", second.run().id()),
        refused.getMessage());
    assertEquals("03-01 live, 03-02 withdrawn", firm.nights());

    try (RunLock lock = firm.out().lock("publish")) {
      firm.out().publish(second.run().id(), new ReleaseAudit(spark, firm.out()), lock);
    }
    assertEquals("03-01, 03-02 live", firm.nights());
    assertFalse(firm.run("2026-03-02").isNew());
  }

  @Test
  void aClosedDayIsPublishedWithAWarning() throws IOException {
    ToyFirm firm = threeDays();

    NightResult closed = firm.run("2026-03-09");

    assertTrue(closed.hasWarnings());
    assertEquals(
        "freshness | warned | 'transactions' has no row after 2026-03-03: 6 open days up to"
            + " 2026-03-09 have none, expected at most 0. Check that the days were delivered, or"
            + " name holidays in 'calendar'.\n",
        text(
            firm.table("quality_results").where("status <> 'passed'"),
            "check_name",
            "status",
            "message_en"));
    assertEquals("1\n", text(firm.table("runs"), "warnings"));
  }

  @Test
  void aKeyUnderSeveralCustomersIsAWarning() throws IOException {
    ToyFirm firm = threeDays();
    firm.deliver("2026-03-03", "s1 | eve | 2026-03-03 18:00:00 | 1.00 | SALE");

    assertTrue(firm.run("2026-03-03").hasWarnings());
    assertEquals(
        "contradicted_keys | passed | 0\nrepeated_keys | warned | 1\n",
        text(
            firm.table("quality_results").where("check_name = 'unique'"),
            "metric",
            "status",
            "cast(value as int)"));
    assertEquals(
        "0\n",
        text(
            firm.table(firm.run("2026-03-02", "checks.unique=off"), "quality_results")
                .where("check_name = 'unique'")
                .groupBy()
                .count(),
            "*"));
  }

  private ToyFirm threeDays() {
    return ToyFirm.at(spark, folder)
        .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE")
        .deliver("2026-03-02", "s2 | bob | 2026-03-02 09:00:00 | 20.00 | SALE")
        .deliver("2026-03-03", "s3 | cid | 2026-03-03 09:00:00 | 30.00 | SALE");
  }

  private static void deliverFourth(ToyFirm firm) {
    firm.deliver("2026-03-04", "s4 | ann | 2026-03-04 09:00:00 | 40.00 | SALE");
  }

  private static Map<LocalDate, String> history(ToyFirm firm) throws IOException {
    Map<LocalDate, String> runs = new java.util.TreeMap<>();
    firm.out().head().nights().forEach((day, night) -> runs.put(day, night.runId()));
    return runs;
  }
}
