package io.karat.lakehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.publishing.ShownRelease;
import io.karat.settings.Output.Iceberg;
import io.karat.testing.LocalSpark;
import io.karat.testing.RestCatalogServer;
import io.karat.testing.TableSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Test of the pointer to the release that readers of a lake see. */
@ExtendWith(LocalSpark.class)
@Tag("lakehouse")
class CurrentPointerTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  private final TableSpark session;
  private final Path folder;

  CurrentPointerTest(SparkSession shared, @TempDir Path folder) {
    session = TableSpark.beside(shared);
    this.folder = folder;
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void theLatestOfEightCommitsWins() throws Exception {
    assertTheLatestOfEightWins(pointer("hadoop", ""));
  }

  @Test
  void theLatestOfEightCommitsWinsInARestCatalog() throws Exception {
    try (RestCatalogServer server =
        new RestCatalogServer(Map.of("type", "hadoop", "warehouse", folder.toString()))) {
      assertTheLatestOfEightWins(pointer("rest", server.uri()));
    }
  }

  private CurrentPointer pointer(String type, String uri) {
    SparkSession spark = session.spark();
    spark.conf().set("spark.sql.catalog.pool", "org.apache.iceberg.spark.SparkCatalog");
    spark.conf().set("spark.sql.catalog.pool.type", type);
    spark.conf().set("spark.sql.catalog.pool.uri", uri);
    spark.conf().set("spark.sql.catalog.pool.warehouse", folder.toString());
    CurrentPointer pointer = new CurrentPointer(new Lake(spark, new Iceberg("pool", "karat")));
    pointer.require("this");
    return pointer;
  }

  /** Whatever the order in which eight processes get their turn. */
  private static void assertTheLatestOfEightWins(CurrentPointer pointer) throws Exception {
    List<Callable<Boolean>> processes = new ArrayList<>();
    for (long commit = 1; commit <= 8; commit++) {
      ShownRelease release = release(commit);
      processes.add(
          () -> {
            pointer.show(release, NOON, "this");
            return true;
          });
    }

    ExecutorService threads = Executors.newFixedThreadPool(processes.size());
    for (Future<Boolean> end : threads.invokeAll(processes)) {
      assertEquals(true, end.get());
    }
    threads.shutdown();

    assertEquals(Optional.of(release(8)), pointer.shown());
  }

  @Test
  void anEarlierCommitChangesNothing() {
    CurrentPointer pointer = pointer("hadoop", "");
    assertEquals(Optional.empty(), pointer.shown());
    pointer.show(release(2), NOON, "this");
    pointer.show(release(1), NOON, "this");

    assertEquals(Optional.of(release(2)), pointer.shown());
    assertEquals(Optional.of("this"), pointer.outputId());
  }

  private static ShownRelease release(long commit) {
    return new ShownRelease("run" + commit, LocalDate.parse("2026-03-01"), commit);
  }
}
