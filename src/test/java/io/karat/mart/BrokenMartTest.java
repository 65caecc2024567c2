package io.karat.mart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.mart.LivePostgres.Bi;
import io.karat.publishing.Commit;
import io.karat.publishing.PublisherException;
import io.karat.run.Failpoint;
import io.karat.testing.LocalSpark;
import io.karat.testing.SilentProgress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A mart that is interrupted at any step: it shows one whole night, and the next command finishes.
 */
@Tag("long")
@ExtendWith({LocalSpark.class, LivePostgres.class})
class BrokenMartTest {
  private static final String NIGHT =
      "SELECT string_agg(DISTINCT run_id, ', ') || ' ' || count(*) FROM {schema}.customer_value";

  @TempDir private static Path published;
  private static List<Commit> commits = List.of();

  private final SparkSession spark;
  private final Bi bi;
  @TempDir Path folder;
  private ToyReleases toy;

  BrokenMartTest(SparkSession spark, Bi bi) {
    this.spark = spark;
    this.bi = bi;
  }

  /** Three nights, which no mart changes: each may follow them into a schema of its own. */
  @BeforeAll
  static void publishThreeNights(SparkSession spark, Bi bi) throws IOException {
    ToyReleases nights = ToyReleases.at(spark, published, bi);
    commits =
        List.of(
            nights.publish("a", "2026-03-01"),
            nights.publish("b", "2026-03-02"),
            nights.publish("c", "2026-03-03"));
  }

  @BeforeEach
  void open() throws IOException {
    toy = ToyReleases.at(spark, folder, bi).keeping(2);
  }

  @AfterEach
  void clear() {
    System.clearProperty(Failpoint.PROPERTY);
  }

  @ParameterizedTest
  @EnumSource
  void readersSeeOneWholeNightAndTheNextCommandFinishes(MartStep step)
      throws IOException, SQLException {
    ToyReleases nights = ToyReleases.at(spark, published, bi).keeping(2);
    nights.mart().follow(commits.get(0), SilentProgress.INSTANCE);
    nights.mart().follow(commits.get(1), SilentProgress.INSTANCE);
    System.setProperty(Failpoint.PROPERTY, step.name());
    assertThrows(
        Exception.class,
        () -> nights.mart().follow(commits.get(2), SilentProgress.INSTANCE),
        step::name);
    System.clearProperty(Failpoint.PROPERTY);
    assertEquals(step.compareTo(MartStep.AFTER_MART_SHOW) < 0 ? "b 2" : "c 2", bi.read(NIGHT));

    nights.follow();

    assertEquals("c 2", bi.read(NIGHT));
    assertEquals(
        "b, c",
        bi.read(
            "SELECT string_agg(run_id, ', ' ORDER BY run_id) FROM {schema}_runs.loaded_release"));
    assertEquals(
        "customer_value b c, customer_value_history a b c, runs b c, segments b c",
        bi.read(
            "SELECT string_agg(line, ', ' ORDER BY line) FROM (SELECT parent.relname || ' ' ||"
                + " string_agg(split_part(pg_get_expr(part.relpartbound, part.oid), '''', 2), ' '"
                + " ORDER BY part.relname) AS line FROM pg_inherits"
                + " JOIN pg_class part ON part.oid = inhrelid"
                + " JOIN pg_class parent ON parent.oid = inhparent AND parent.relkind = 'p'"
                + " WHERE part.relnamespace = '{schema}_runs'::regnamespace"
                + " GROUP BY parent.relname) AS tables"));
    assertEquals(
        "9",
        bi.read(
            "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname ~ '_[0-9]+$'"
                + " AND relnamespace = '{schema}_runs'::regnamespace"));
  }

  @Test
  void aTaskThatRunsTwiceLoadsItsRowsOnce() throws Exception {
    toy.follow("a", "2026-03-01");
    bi.asOwner(
        "CREATE TABLE {schema}_runs.t (id bigint)", "ALTER TABLE {schema}_runs.t OWNER TO karat");
    org.apache.spark.sql.classic.Dataset<Long> rows =
        (org.apache.spark.sql.classic.Dataset<Long>) spark.range(0, 5, 1, 1);
    PartLoad part =
        new PartLoad(
            Server.of(bi.settings(), Bi.environment()),
            Schemas.of(bi.settings()),
            "t",
            List.of("id"),
            CopyText.of(rows.schema()));

    for (long loaded : new long[] {5, 0}) {
      assertEquals(
          List.of(loaded),
          rows.queryExecution().toRdd().toJavaRDD().mapPartitionsWithIndex(part, true).collect());
    }

    assertEquals("5", bi.read("SELECT count(*) FROM {schema}_runs.t"));
  }

  @Test
  void theNextProcessWaitsAndThenGivesUp() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    Commit commit = toy.publish("b", "2026-03-02");
    try (Connection other = bi.connect("karat", LivePostgres.SECRET)) {
      bi.read(other, "SELECT pg_advisory_lock(hashtext('karat'), hashtext('{schema}'))");

      PublisherException failure =
          assertThrows(
              PublisherException.class, () -> toy.mart().follow(commit, SilentProgress.INSTANCE));

      assertTrue(
          String.valueOf(failure.getMessage())
              .contains(
                  "another process is loading schema '%s' of %s.".formatted(bi.schema(), bi.url())),
          failure::getMessage);
    }
    toy.follow();
    assertEquals("b 2", bi.read(NIGHT));
  }

  @Test
  void aTableThatIsNotWhatWasPublishedIsNotShown() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    Commit commit = toy.publish("b", "2026-03-02");
    Path value = folder.resolve(commit.release("b").orElseThrow().path()).resolve("customer_value");
    try (Stream<Path> files = Files.list(value)) {
      Path file = files.filter(it -> it.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.copy(file, value.resolve("part-9-again.parquet"));
    }

    PublisherException failure =
        assertThrows(
            PublisherException.class, () -> toy.mart().follow(commit, SilentProgress.INSTANCE));

    assertTrue(
        String.valueOf(failure.getMessage()).contains("could not create unique index")
            || String.valueOf(failure.getMessage())
                .contains("table 'customer_value' has 4 rows in PostgreSQL and 2 in the release"),
        failure::getMessage);
    assertEquals("a 2", bi.read(NIGHT));
  }

  /** The same as after a power cut: no process of the server writes any more. */
  @Test
  void aServerThatIsKilledWhileItLoadsShowsTheNightBeforeAndPublishFinishes()
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Path data = folder.resolve("server");
    EmbeddedPostgres server = server(data);
    Bi own = new Bi(server.getPort(), "bi");
    own.asOwner(
        "CREATE ROLE karat LOGIN SUPERUSER PASSWORD '%s'".formatted(LivePostgres.SECRET),
        "CREATE ROLE analysts");
    ToyReleases nights = ToyReleases.at(spark, folder.resolve("out"), own);
    nights.follow("a", "2026-03-01");
    Commit commit = nights.publish("b", "2026-03-02");
    System.setProperty(Failpoint.PROPERTY, MartStep.IN_MART_PART + ":sleep=2000");
    ExecutorService night = Executors.newSingleThreadExecutor();
    Future<PublisherException> end =
        night.submit(
            () ->
                assertThrows(
                    PublisherException.class,
                    () -> nights.mart().follow(commit, SilentProgress.INSTANCE)));
    while (!own.read("SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE 'COPY%'")
        .equals("t")) {
      Thread.sleep(20);
    }

    killAll(data);
    server.close();

    String message = String.valueOf(end.get().getMessage());
    night.shutdown();
    System.clearProperty(Failpoint.PROPERTY);
    assertTrue(
        message.startsWith(
            "Night 2026-03-02 is live in '%s', but not in PostgreSQL: "
                .formatted(folder.resolve("out"))),
        message);
    assertTrue(
        message.endsWith(
            "still see night 2026-03-01, run a. Remove the cause, then run 'karat publish b'."),
        message);
    try (EmbeddedPostgres restarted = server(data)) {
      Bi again = new Bi(restarted.getPort(), "bi");
      assertEquals("a 2", again.read(NIGHT));

      ToyReleases.at(spark, folder.resolve("out"), again).follow();

      assertEquals("b 2", again.read(NIGHT));
    }
  }

  private static EmbeddedPostgres server(Path data) throws IOException {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
  }

  /** Kills the first process of the server, whose id is in its file, and its child processes. */
  private static void killAll(Path data) throws IOException {
    long first =
        Long.parseLong(
            Files.readString(data.resolve("postmaster.pid"), UTF_8)
                .lines()
                .findFirst()
                .orElseThrow());
    ProcessHandle postmaster = ProcessHandle.of(first).orElseThrow();
    List<ProcessHandle> children = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
