package io.karat.mart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.mart.LivePostgres.Bi;
import io.karat.testing.LocalSpark;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Readers during nights: they always see one night, block nobody, and are blocked by nobody. */
@ExtendWith({LocalSpark.class, LivePostgres.class})
class ReadersTest {
  /** The nights of the rows in all tables; one is right, two or none are wrong. */
  private static final String NIGHTS_OF_ALL =
      "SELECT string_agg(DISTINCT night::text, ', ') FROM ("
          + "SELECT run_id night FROM {schema}.customer_value"
          + " UNION ALL SELECT run_id FROM {schema}.segments"
          + " UNION ALL SELECT run_id FROM {schema}.runs WHERE run_id <> 'earlier'"
          + " UNION ALL SELECT run_id FROM {schema}.current_release"
          + " UNION ALL (SELECT run_id FROM {schema}.customer_value_history"
          + " ORDER BY as_of_date DESC LIMIT 1)) AS every";

  private static final List<String> TABLES =
      List.of("customer_value", "segments", "customer_value_history");

  private final SparkSession spark;
  private final Bi bi;
  @TempDir Path folder;
  private ToyReleases toy;

  ReadersTest(SparkSession spark, Bi bi) {
    this.spark = spark;
    this.bi = bi;
  }

  @BeforeEach
  void open() throws IOException {
    toy = ToyReleases.at(spark, folder, bi).keeping(2);
  }

  /** Five nights are published while one reader goes from table to table. */
  @Test
  void aReaderOfAllTablesSeesOneNightAndHoldsNobodyUp() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    try (Connection slow = repeatable()) {
      assertEquals("a", bi.read(slow, "SELECT DISTINCT run_id FROM {schema}.customer_value"));
      for (int night = 2; night <= 5; night++) {
        toy.follow("r" + night, "2026-03-0" + night);
        assertEquals("r" + night, bi.read(NIGHTS_OF_ALL));
      }

      for (String table : TABLES) {
        assertEquals(
            "2026-03-01",
            bi.read(slow, "SELECT DISTINCT as_of_date FROM {schema}.%s".formatted(table)));
      }
      assertEquals("a", bi.read(slow, NIGHTS_OF_ALL));
      // A release that was live while a transaction was open stays until that ends.
      assertEquals("a, r2, r3, r4, r5", runs());
    }

    toy.follow("r6", "2026-03-06");

    assertEquals("r5, r6", runs());
    assertEquals("0", bi.read("SELECT count(*) FROM pg_inherits WHERE inhdetachpending"));
    assertEquals(
        "customer_value_r5, customer_value_r6",
        bi.read(
            "SELECT string_agg(substring(relname FROM '^(customer_value_r[0-9])_'), ', ' ORDER BY"
                + " relname) FROM pg_class WHERE relnamespace = '{schema}_runs'::regnamespace AND"
                + " relkind = 'r' AND relname LIKE 'customer\\_value\\_r%'"));
    assertEquals(
        "6", bi.read("SELECT count(DISTINCT as_of_date) FROM {schema}.customer_value_history"));
  }

  /** A partition that a newer reader holds is detached later, and nobody waits for that. */
  @Test
  @Tag("long")
  void anOldRunThatCannotBeTakenOffYetIsGoneAfterALaterNight() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    toy.follow("b", "2026-03-02");
    try (Connection slow = repeatable()) {
      assertEquals("b", bi.read(slow, NIGHTS_OF_ALL));

      toy.follow("c", "2026-03-03");

      assertEquals("b, c", runs());
      assertEquals("c", bi.read(NIGHTS_OF_ALL));
      assertEquals("b", bi.read(slow, NIGHTS_OF_ALL));
      assertEquals(
          "customer_value",
          bi.read(
              "SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhparent"
                  + " WHERE inhdetachpending AND relnamespace = '{schema}_runs'::regnamespace"));
    }

    toy.follow("d", "2026-03-04");

    assertEquals("c, d", runs());
    assertEquals(
        "c d",
        bi.read(
            "SELECT string_agg(substring(relname FROM '_(.)_[0-9]+$'), ' ' ORDER BY relname)"
                + " FROM pg_class WHERE relnamespace = '{schema}_runs'::regnamespace"
                + " AND relkind = 'r' AND relname ~ '^segments_._'"));
  }

  /** A statement of the mart that waits for a lock must not block those behind it. */
  @Test
  @Tag("long")
  void aReaderInTheWayOfOldRunsAndNewColumnsStopsNobody()
      throws IOException, SQLException, InterruptedException, ExecutionException {
    toy.follow("a", "2026-03-01");
    toy.follow("b", "2026-03-02");
    ExecutorService mart = Executors.newSingleThreadExecutor();
    try (Connection slow = repeatable()) {
      bi.read(slow, NIGHTS_OF_ALL);
      Future<String> night =
          mart.submit(
              () -> {
                toy.mart()
                    .follow(
                        toy.publish(
                            "c",
                            "2026-03-03",
                            toy.value("ann | GOLD | 1.00").selectExpr("*", "1 visits")),
                        SilentProgress.INSTANCE);
                return "";
              });

      long longest = 0;
      while (!night.isDone()) {
        long start = System.nanoTime();
        bi.read(NIGHTS_OF_ALL);
        longest = Math.max(longest, System.nanoTime() - start);
      }

      // The new column waits for the reader; each attempt times out after 1.1 s.
      assertTrue(longest < 4_000_000_000L, "a reader waited %d ns".formatted(longest));
      ExecutionException failure = assertThrows(ExecutionException.class, night::get);
      assertTrue(
          String.valueOf(failure.getMessage())
              .contains(
                  "no lock within the time of output.postgresql.timeouts.lock_seconds, as process"),
          failure::getMessage);
      assertEquals("b", bi.read(NIGHTS_OF_ALL));
    } finally {
      mart.shutdownNow();
    }

    toy.follow();

    assertEquals("1", bi.read("SELECT visits FROM {schema}.customer_value"));
  }

  @Test
  @Tag("long")
  void readersWhoNeverStopSeeOneNightEachTime()
      throws IOException, SQLException, InterruptedException, ExecutionException {
    toy.follow("r1", "2026-03-01");
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(2);
    List<Future<List<String>>> answers = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        answers.add(readers.submit(hammering(isOver)));
      }
      for (int night = 2; night <= 5; night++) {
        toy.follow("r" + night, "2026-03-0" + night);
      }
      toy.rollBack();
      toy.follow();
      isOver.set(true);

      for (Future<List<String>> answer : answers) {
        List<String> seen = answer.get();
        assertTrue(
            Set.of("r1", "r2", "r3", "r4", "r5").containsAll(seen),
            () -> "saw " + Set.copyOf(seen));
        assertTrue(seen.size() > 20, () -> "read %d times".formatted(seen.size()));
      }
    } finally {
      isOver.set(true);
      readers.shutdown();
    }
    assertEquals("r4", bi.read(NIGHTS_OF_ALL));
  }

  private Callable<List<String>> hammering(AtomicBoolean isOver) {
    return () -> {
      List<String> seen = new ArrayList<>();
      try (Connection reader = bi.asReader()) {
        while (!isOver.get()) {
          seen.add(bi.read(reader, NIGHTS_OF_ALL));
        }
      }
      return seen;
    };
  }

  private Connection repeatable() throws SQLException {
    Connection reader = bi.asReader();
    reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    reader.setAutoCommit(false);
    return reader;
  }

  /** The loaded runs. */
  private String runs() throws SQLException {
    return bi.read(
        "SELECT string_agg(run_id, ', ' ORDER BY run_id) FROM {schema}_runs.loaded_release");
  }
}
