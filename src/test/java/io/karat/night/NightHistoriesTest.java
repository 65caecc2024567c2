package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.report.NightFacts;
import io.karat.run.Failpoint;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test that a night which reads only what is new has the tables of one that reads all, whatever
 * happened to files, ids, and nights before.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class NightHistoriesTest {
  private static final int HISTORIES = Integer.getInteger("karat.histories", 1);
  private static final int FIRMS = Integer.getInteger("karat.firms", 1);
  private static final long SEED = Long.getLong("karat.seed", 7_000);
  private static final int NIGHTS = 4;

  /** Tables that tell of other nights. */
  private static final Set<String> OF_NIGHTS =
      Set.of(
          "runs", "quality_results", "customer_value_history", "findings", "key_account_changes");

  private static final List<String> FAILPOINTS =
      List.of("AFTER_DAYS", "AFTER_MEASURES", "AFTER_AUDIT", "BEFORE_COMMIT");

  private final SparkSession spark;
  @TempDir private Path folder;

  NightHistoriesTest(SparkSession spark) {
    this.spark = spark;
  }

  @AfterEach
  void stopNoMore() {
    System.clearProperty(Failpoint.PROPERTY);
  }

  @Test
  void everyNightOfAnyHistoryIsLikeOneThatReadsAll() throws IOException {
    long reused = 0;
    for (int history = 0; history < HISTORIES; history++) {
      reused += reusedIn(folder.resolve("history-" + history), SEED + history);
    }

    assertTrue(reused > 100L * HISTORIES, "Only %d rows were not read again".formatted(reused));
  }

  /**
   * A new sale changes the mean price of its product in the month, and so what earlier sales of the
   * month to other customers are compared with; the months before are not read again.
   */
  @Test
  void aNewPriceChangesTheWholeMonth() throws IOException {
    String[] priced = {
      "inputs.transactions.columns.quantity=cost",
      "buyer_types={among: recency_days IS NOT NULL}",
      "checks.recompute_share=0",
      "checks.unique=off"
    };
    GrowingFirm firm = new GrowingFirm(spark, folder.resolve("prices"), 7);
    for (int day = 0; day < 4; day++) {
      firm.deliverDay(firm.last().plusDays(1));
    }
    firm.job("live", priced).run(firm.last(), true);
    firm.deliverToday(firm.last().plusDays(1));
    NightFacts facts = firm.job("live", priced).run(firm.last(), true).facts();
    NightFacts whole = firm.job("whole", priced).full().run(firm.last(), true).facts();

    assertEquals(
        tables(whole).get("customer_indicators"), tables(facts).get("customer_indicators"));
    assertEquals(
        3,
        facts.inputs().stream()
            .filter(it -> it.name().equals("transactions"))
            .mapToLong(it -> it.reading().daysRebuilt())
            .sum());
    assertTrue(reused(facts) > 0, facts::toString);
  }

  /** The number of rows that the nights of a history did not read again. */
  private long reusedIn(Path place, long seed) throws IOException {
    GrowingFirm firm = new GrowingFirm(spark, place, seed, FIRMS);
    Random random = new Random(seed);
    // Every other history measures receivables over a lifetime, which needs each balance.
    String windows = "indicators.windows=[7d, 30d%s]".formatted(seed % 2 == 0 ? ", lifetime" : "");
    long reused = 0;
    StringBuilder told = new StringBuilder("Seed %d:".formatted(seed));
    boolean isRolledBack = false;
    for (int night = 0; night < NIGHTS; night++) {
      LocalDate asOf = asOf(firm, random, night > 1 && !isRolledBack);
      told.append("\n").append(asOf);
      if (night > 1 && random.nextInt(4) == 0) {
        told.append(", after a kill");
        kill(firm.job("live", windows), asOf, FAILPOINTS.get(random.nextInt(FAILPOINTS.size())));
      }
      NightFacts facts = firm.job("live", windows).run(asOf, true).facts();
      reused += reused(facts);
      facts
          .inputs()
          .forEach(it -> told.append("\n  ").append(it.name()).append(": ").append(it.reading()));
      NightFacts whole = firm.job("whole-" + night, windows).full().run(asOf, true).facts();
      assertEquals(tables(whole), tables(facts), told::toString);
      // Of several firms not all change at once, so that none hides what the night misses of
      // another.
      for (int change = random.nextInt(2 + FIRMS); change > 0; change--) {
        told.append("\n  then ").append(firm.change());
      }
      isRolledBack = night > 1 && random.nextInt(5) == 0;
      if (isRolledBack) {
        told.append("\n  then a rollback");
        rollBack(firm);
      }
    }
    return reused;
  }

  /** Most nights are of a new day, some of one before. */
  private static LocalDate asOf(GrowingFirm firm, Random random, boolean mayBePast)
      throws IOException {
    if (mayBePast && random.nextInt(5) == 0) {
      return firm.last().minusDays(random.nextInt(4));
    }

    firm.deliverDay(firm.last().plusDays(1 + random.nextInt(2)));
    return firm.last().minusDays(random.nextInt(2));
  }

  private static void kill(NightJob job, LocalDate asOf, String failpoint) {
    System.setProperty(Failpoint.PROPERTY, failpoint);
    assertThrows(IllegalStateException.class, () -> job.run(asOf, true));
    System.clearProperty(Failpoint.PROPERTY);
  }

  private void rollBack(GrowingFirm firm) throws IOException {
    try (var lock = firm.out("live").lock("rollback")) {
      firm.out("live").rollBack(Optional.empty(), (release, refusal) -> {}, lock);
    }
  }

  private static long reused(NightFacts facts) {
    return facts.inputs().stream().mapToLong(it -> it.reading().rowsReused()).sum();
  }

  static SortedMap<String, String> tables(NightFacts facts) {
    SortedMap<String, String> tables = new TreeMap<>(ToyFirm.hashes(facts.tables()));
    tables.keySet().removeAll(OF_NIGHTS);
    return tables;
  }
}
