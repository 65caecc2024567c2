package io.karat.mart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.mart.LivePostgres.Bi;
import io.karat.publishing.Commit;
import io.karat.publishing.PublisherException;
import io.karat.run.ExitCode;
import io.karat.run.UsageException;
import io.karat.settings.PostgreSql;
import io.karat.settings.PostgreSql.Timeouts;
import io.karat.testing.LocalSpark;
import io.karat.testing.SilentProgress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that does not answer, or lets statements wait: every wait ends, and says for what. */
@Tag("long")
@ExtendWith({LocalSpark.class, LivePostgres.class})
class StoppedServerTest {
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(9));

  private static final Duration ENOUGH = Duration.ofSeconds(60);
  private static final String SILENT =
      "it did not answer a new connection for 2 seconds"
          + " (output.postgresql.timeouts.connect_seconds)";

  private final SparkSession spark;
  private final Bi bi;
  @TempDir Path folder;
  private ToyReleases toy;

  StoppedServerTest(SparkSession spark, Bi bi) {
    this.spark = spark;
    this.bi = bi;
  }

  @BeforeEach
  void open() throws IOException {
    toy = ToyReleases.at(spark, folder.resolve("out"), bi);
  }

  @Test
  void aServerThatTakesCallsAndSaysNothingIsFoundBeforeTheNight() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Bi nobody = new Bi(silent.getLocalPort(), "bi");

      assertEquals(
          "PostgreSQL at '%s' cannot be used as role 'karat': %s. Check output.postgresql.url, and that the server runs."
              .formatted(nobody.url(), SILENT),
          text(
              assertTimeoutPreemptively(
                  ENOUGH,
                  () ->
                      assertThrows(
                          UsageException.class, toy.mart(nobody.settings(SHORT))::requireReady))));
      assertEquals(
          "PostgreSQL at '%s' does not answer: %s.".formatted(nobody.url(), SILENT),
          toy.mart(nobody.settings(SHORT)).state(toy.output().status()));
    }
  }

  @Test
  void aLockOfAnotherSessionEndsTheWaitAndIsNamed() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    List<String> locks =
        List.of(
            "LOCK TABLE {schema}.current_release IN EXCLUSIVE MODE",
            "LOCK TABLE {schema}_runs.loaded_part",
            "UPDATE {schema}.current_release SET published_at = now()",
            "LOCK TABLE {schema}_runs.customer_value");
    for (int i = 0; i < locks.size(); i++) {
      Commit commit = toy.publish("b" + i, "2026-03-1" + i);
      try (Connection other = bi.connect("karat", LivePostgres.SECRET)) {
        other.setAutoCommit(false);
        run(other, locks.get(i));
        String process = bi.read(other, "SELECT pg_backend_pid()");

        String message = failure(commit);

        assertTrue(
            message.startsWith(
                "Night 2026-03-1%d is live in '%s', but not in PostgreSQL: no lock within the time of output.postgresql.timeouts.lock_seconds, as process %s of role 'karat' holds '"
                    .formatted(i, folder.resolve("out"), process)),
            message);
        assertTrue(
            message.contains(
                ": wait until it ends, or run SELECT pg_terminate_backend(%s). Readers of"
                    .formatted(process)),
            message);
        assertTrue(
            message.endsWith("Remove the cause, then run 'karat publish b%d'.".formatted(i)),
            message);
        other.rollback();
      }
    }
    toy.follow();
    assertEquals("b3", bi.read("SELECT run_id FROM {schema}.current_release"));
  }

  @Test
  void aLockedMartIsFoundBeforeTheNight() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    try (Connection other = bi.connect("karat", LivePostgres.SECRET)) {
      other.setAutoCommit(false);
      run(other, "LOCK TABLE {schema}.current_release");

      String message =
          text(assertThrows(UsageException.class, toy.mart(bi.settings(SHORT))::requireReady));

      assertTrue(message.contains("holds 'current_release'"), message);
      assertTrue(message.endsWith("Run again when nothing locks its tables."), message);
      other.rollback();
    }
  }

  @Test
  void aStatementThatNeverEndsIsEnded() throws IOException, SQLException {
    toy.follow("a", "2026-03-01");
    Commit commit = toy.publish("b", "2026-03-02");
    bi.asOwner(
        "CREATE FUNCTION {schema}.rest() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$",
        "CREATE TRIGGER rest BEFORE INSERT ON {schema}.current_release"
            + " FOR EACH ROW EXECUTE FUNCTION {schema}.rest()");

    String message = failure(commit);

    assertTrue(
        message.contains(
            "not in PostgreSQL: 'INSERT INTO \"%s\".\"current_release\" AS shown' did not end within 9 seconds (output.postgresql.timeouts.statement_seconds). Readers of"
                .formatted(bi.schema())),
        message);
    bi.asOwner("DROP TRIGGER rest ON {schema}.current_release");
    toy.follow();
    assertEquals("b", bi.read("SELECT run_id FROM {schema}.current_release"));
  }

  /** All processes of the server are stopped while it waits for a statement, a COPY and a call. */
  @Test
  void aServerThatIsStoppedEndsTheNightAndPublishFinishes()
      throws IOException, SQLException, InterruptedException {
    Path data = folder.resolve("server");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start()) {
      Bi own = new Bi(server.getPort(), "bi");
      own.asOwner(
          "CREATE ROLE karat LOGIN SUPERUSER PASSWORD '%s'".formatted(LivePostgres.SECRET),
          "CREATE ROLE analysts");
      ToyReleases nights = ToyReleases.at(spark, folder.resolve("own"), own);
      nights.follow("a", "2026-03-01");
      Commit commit = nights.publish("b", "2026-03-02");
      own.asOwner("CREATE TABLE {schema}_runs.t (text text)");
      PostgreSql settings = own.settings(SHORT);

      String neither =
          "it answers neither '%s' nor a new connection for 2 seconds"
              + " (output.postgresql.timeouts.connect_seconds)";
      assertEquals(
          neither.formatted("COPY"),
          ended(data, () -> copyForEver(settings, () -> signal(data, "STOP"))));
      assertEquals(
          neither.formatted("SELECT 1"),
          ended(
              data,
              () -> {
                try (Database database = Server.of(settings, Bi.environment()).open()) {
                  signal(data, "STOP");
                  database.texts("SELECT 1");
                }
              }));
      signal(data, "STOP");
      String message =
          ended(data, () -> nights.mart(settings).follow(commit, SilentProgress.INSTANCE));
      assertTrue(message.contains("but not in PostgreSQL: %s. Readers".formatted(SILENT)), message);

      nights.follow();

      assertEquals("b", own.read("SELECT run_id FROM {schema}.current_release"));
    }
  }

  /** Sends rows until the server is stopped and its buffers are full. */
  private static void copyForEver(PostgreSql settings, Runnable stop) throws SQLException {
    AtomicBoolean isStopped = new AtomicBoolean();
    Iterator<InternalRow> rows =
        Stream.generate(
                () -> {
                  if (!isStopped.getAndSet(true)) {
                    stop.run();
                  }
                  return (InternalRow)
                      new GenericInternalRow(
                          new Object[] {UTF8String.fromString("x".repeat(100_000))});
                })
            .iterator();
    new PartLoad(
            Server.of(settings, Bi.environment()),
            Schemas.of(settings),
            "t",
            List.of("text"),
            CopyText.of(new StructType().add("text", DataTypes.StringType)))
        .call(0, rows);
  }

  private interface Work {
    void run() throws SQLException;
  }

  /** The message with which work on a stopped server ends; afterwards the server goes on. */
  private static String ended(Path data, Work work) {
    try {
      return text(
          assertTimeoutPreemptively(ENOUGH, () -> assertThrows(Exception.class, work::run)));
    } finally {
      signal(data, "CONT");
    }
  }

  /** Sends a signal to all processes of a server, whose first has its id in a file. */
  private static void signal(Path data, String signal) {
    try {
      ProcessHandle first =
          ProcessHandle.of(
                  Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0)))
              .orElseThrow();
      for (ProcessHandle process : Stream.concat(Stream.of(first), first.descendants()).toList()) {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      }
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private String failure(Commit commit) {
    PublisherException failure =
        assertTimeoutPreemptively(
            ENOUGH,
            () ->
                assertThrows(
                    PublisherException.class,
                    () -> toy.mart(bi.settings(SHORT)).follow(commit, SilentProgress.INSTANCE)));
    assertEquals(ExitCode.UNEXPECTED, failure.exitCode());
    return text(failure);
  }

  private void run(Connection connection, String statement) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute(statement.replace("{schema}", bi.schema()));
    }
  }

  private static String text(Exception failure) {
    return Optional.ofNullable(failure.getMessage()).orElse("");
  }
}
