package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.night.NightPlan;
import io.karat.night.NightPreview;
import io.karat.night.ToyFirm;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publishers;
import io.karat.publishing.ReleaseAudit;
import io.karat.run.ExitCode;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the runbook in {@code docs/operations.md}: for each exit code the night ends so, what
 * the runbook says is done, and the night is published. docs/reliability.md names the tests of the
 * lines that are not here.
 */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunbookTest {
  private static final Publishers NO_PUBLISHERS = new Publishers(List.of());

  private final SparkSession spark;
  @TempDir private static Path temporary;
  private Path folder;
  private ToyFirm firm;
  private Transcript transcript = new Transcript(false);

  RunbookTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void publishTwoNights() throws IOException {
    folder = Files.createDirectory(temporary.resolve("firm"));
    firm =
        ToyFirm.at(spark, folder)
            .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE")
            .deliver("2026-03-02", "s2 | bob | 2026-03-02 09:00:00 | 20.00 | SALE");
    assertEquals(ExitCode.PUBLISHED, run("2026-03-01"));
    assertEquals(ExitCode.PUBLISHED, run("2026-03-02"));
    copy(folder, temporary.resolve("two nights"));
  }

  /** Each test goes on from the same two nights, at the same place. */
  @BeforeEach
  void beginWithTwoNights() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    copy(temporary.resolve("two nights"), folder);
    transcript = new Transcript(false);
    assertEquals("03-01, 03-02 live", firm.nights());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            to.resolve(from.relativize(file).toString()),
            LinkOption.NOFOLLOW_LINKS,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Code 3: ask for the delivery, see what a run would read, run again. */
  @Test
  void aDeliveryThatIsMissingIsAskedForAndRunAgain() throws IOException {
    firm.deliver("2026-03-03", "s3 | ann | 2026-03-03 09:00:00 | 30.00 | SALE");
    Path late = Files.move(firm.input().resolve("day=2026-03-01"), folder.resolve("late"));

    assertEquals(ExitCode.INPUT, run("2026-03-03"));
    assertEquals(
        "Input 'transactions' no longer has 1 day that the live release read: 2026-03-01. Deliver"
            + " them again, or publish to another output.path.",
        lastRemark());
    assertEquals("03-01, 03-02 live", firm.nights());
    assertTrue(preview("2026-03-03").contains("Reads    transactions: 2 files, "));

    Files.move(late, firm.input().resolve("day=2026-03-01"));
    assertTrue(preview("2026-03-03").contains("Reads    transactions: 3 files, "));
    assertEquals(ExitCode.PUBLISHED, run("2026-03-03"));
    assertEquals("03-01, 03-02, 03-03 live", firm.nights());
  }

  /** Code 4: the report says which check; the data are corrected, and the night is run again. */
  @Test
  void dataThatACheckRefusedAreCorrectedAndRunAgain() throws IOException {
    Path wrong = deliverRowWithoutCustomer();
    assertEquals(ExitCode.REFUSED, run("2026-03-03"));
    assertEquals("max_quarantine refused", refusal());
    assertEquals("03-01, 03-02 live", firm.nights());
    String refused = refusedFolder();
    assertTrue(
        Files.exists(firm.output().resolve(refused).resolve("customer_indicators")), refused);

    for (Path file : files(wrong)) {
      Files.delete(file);
    }
    firm.deliver("2026-03-03", "s3 | ann | 2026-03-03 09:00:00 | 30.00 | SALE");
    assertEquals(ExitCode.PUBLISHED, run("2026-03-03"));
    assertEquals("03-01, 03-02, 03-03 live", firm.nights());
    assertFalse(Files.exists(firm.output().resolve(refused)), refused);
  }

  /** Code 4: the data are right, and the limit is not. */
  @Test
  void aLimitThatIsTooNarrowIsChangedAndTheNightRunAgain() throws IOException {
    deliverRowWithoutCustomer();
    assertEquals(ExitCode.REFUSED, run("2026-03-03"));

    assertEquals(ExitCode.PUBLISHED, run("2026-03-03", "--set", "checks.max_quarantine=90%"));
    assertEquals("03-01, 03-02, 03-03 live", firm.nights());
  }

  /** Code 4 after a rollback: the same run is refused; publish makes it live again. */
  @Test
  void aWithdrawnNightIsRefusedUntilItIsPublished() throws IOException {
    String second = firm.out().head().live();
    rollback();
    assertEquals("03-01 live, 03-02 withdrawn", firm.nights());
    rollback();
    assertTrue(transcript.results().contains("Nothing to do: night 2026-03-01 is live already"));

    assertEquals(ExitCode.REFUSED, run("2026-03-02"));
    assertEquals("03-01 live, 03-02 withdrawn", firm.nights());
    for (int i = 0; i < 2; i++) {
      OutputFolder output = firm.out();
      PublishCommand.publish(
          second, output, new ReleaseAudit(spark, output), NO_PUBLISHERS, transcript.console());
      assertEquals("03-01, 03-02 live", firm.nights());
    }
  }

  /** Code 7: the warnings are on the console and in quality_results; rollback withdraws. */
  @Test
  void warningsAreReadAndTheNightIsWithdrawn() throws IOException {
    assertEquals(ExitCode.WARNED, run("2026-03-03", "--fail-on-warn"));

    String warning =
        "'transactions' has no row of 2026-03-03: expected at least one. Check that the day was"
            + " delivered.";
    assertTrue(transcript.remarks().contains("Warning, freshness: " + warning));
    assertEquals(
        List.of(warning),
        spark
            .read()
            .parquet(firm.output().resolve("current/quality_results").toString())
            .where("status = 'warned' AND check_name = 'freshness'")
            .select("message_en")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList());
    rollback();
    assertEquals("03-01, 03-02 live, 03-03 withdrawn", firm.nights());
  }

  /** A backfill that is started again does nothing, also where retention was at work. */
  @Test
  void aBackfillThatIsStartedAgainDoesNothing() throws IOException {
    String[] keepsTwo = {
      "--backfill", "--set=output.retention.releases=2", "--set=output.retention.reader_minutes=0"
    };
    List<String> nights = List.of("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04");
    for (String night : nights) {
      assertEquals(ExitCode.PUBLISHED, run(night, keepsTwo));
    }
    long commit = firm.out().head().number();
    assertEquals("03-01, 03-02, 03-03, 03-04 live", firm.nights());
    String first = firm.out().head().releases().get(0).runId();
    assertFalse(Files.exists(firm.output().resolve("releases").resolve(first).resolve("runs")));

    transcript = new Transcript(false);
    for (String night : nights) {
      assertEquals(ExitCode.PUBLISHED, run(night, keepsTwo));
    }

    assertEquals(commit, firm.out().head().number());
    assertEquals(
        """
        Night 2026-03-01 was published before, run RUN; its tables are beyond retention.
        Night 2026-03-02 was published before, run RUN; its tables are beyond retention.
        Night 2026-03-03 is unchanged and kept; a later night is live: run RUN.
        Night 2026-03-04 is unchanged and live: run RUN.
        """,
        transcript.results().replaceAll("\\b[0-9a-f]{16}\\b", "RUN"));
    assertEquals(ExitCode.PUBLISHED, run("2026-03-01"));
    assertEquals(commit + 1, firm.out().head().number());
  }

  private ExitCode run(String asOf, String... more) {
    String[] words =
        Stream.concat(Stream.of("night", "--as-of", asOf), Stream.of(more)).toArray(String[]::new);
    return transcript.type(List.of(new NightCommand(firm)), words);
  }

  private void rollback() throws IOException {
    OutputFolder output = firm.out();
    RollbackCommand.rollback(
        output,
        Optional.empty(),
        new ReleaseAudit(spark, output),
        NO_PUBLISHERS,
        transcript.console());
  }

  private String preview(String asOf) throws IOException {
    Transcript shown = new Transcript(false);
    NightPlan plan = firm.plan();
    PlanCommand.show(
        plan, NightPreview.of(plan, LocalDate.parse(asOf), firm.out(), spark), shown.console());
    return shown.results();
  }

  private Path deliverRowWithoutCustomer() {
    firm.deliver("2026-03-03", "s3 | | 2026-03-03 09:00:00 | 30.00 | SALE");
    return firm.input().resolve("day=2026-03-03");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private String refusedFolder() throws IOException {
    return firm.out().status().uncommitted().get(0).folder();
  }

  private String refusal() throws IOException {
    JsonNode report =
        new ObjectMapper().readTree(firm.output().resolve("run_report.json").toFile());
    for (JsonNode check : report.path("checks")) {
      if (check.path("status").asText().equals("refused")) {
        return check.path("check").asText() + " refused";
      }
    }
    return report.toString();
  }

  private String lastRemark() {
    return transcript.remarks().lines().reduce("", (earlier, line) -> line);
  }
}
