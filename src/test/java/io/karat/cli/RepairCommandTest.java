package io.karat.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.DamagedFileException;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.ParquetFirm;
import io.karat.publishing.Publishers;
import io.karat.publishing.Release;
import io.karat.publishing.ReleaseAudit;
import io.karat.run.ExitCode;
import io.karat.run.RefusedException;
import io.karat.state.NightState;
import io.karat.testing.LocalSpark;
import io.karat.testing.OutputFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of what becomes of damage: found by {@code verify}, mended by {@code repair}. */
@ExtendWith(LocalSpark.class)
class RepairCommandTest {
  private final SparkSession spark;
  @TempDir private Path folder;
  private ParquetFirm firm;

  RepairCommandTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void publishTwoNights() throws IOException {
    firm = new ParquetFirm(spark, folder.resolve("output"));
    firm.publish("a", "2026-03-01");
    firm.publish("b", "2026-03-02");
  }

  @Test
  void nothingIsDamaged() throws IOException {
    assertEquals("Nothing is damaged.\n", repair(false));
    assertEquals("Nothing is damaged.\n", repair(true));
    String verified = verify(List.of(live()));
    assertTrue(verified.endsWith("Every table is as it was published.\n"), verified);
    assertTrue(verified.contains("history of 2026-03-02"), verified);
  }

  /** The size of the file stays, as on a bad disk. */
  @ParameterizedTest
  @CsvSource({
    "RELEASE/customer_indicators, customer_indicators",
    "RELEASE/runs, runs",
    "history/as_of_date=2026-03-01, customer_value_history",
    "RELEASE/customer_value_history.json, customer_value_history"
  })
  void damageOfTheSameSizeIsNeverMadeLive(String place, String named) throws IOException {
    String damaged = place.replace("RELEASE", firm.release("a").path());
    damage(folder.resolve("output").resolve(damaged), false);

    RefusedException verify = assertThrows(RefusedException.class, () -> verify(releases()));
    assertEquals(ExitCode.REFUSED, verify.exitCode());
    RefusedException back =
        assertThrows(
            RefusedException.class,
            () ->
                RollbackCommand.rollback(
                    out(),
                    Optional.empty(),
                    audit(),
                    new Publishers(List.of()),
                    new Transcript(false).console()));
    assertTrue(
        String.valueOf(back.getMessage())
            .startsWith(
                "Cannot roll back release %s: the files of run %s are damaged: %s "
                    .formatted("b", "a", named)),
        back.getMessage());
    assertEquals("b", out().current().orElseThrow().runId());
  }

  /** Of a state only its files and their sizes count, so it needs no days. */
  @Test
  void aDamagedStateIsWarnedOf() throws IOException {
    Path state = folder.resolve("output").resolve(firm.release("b").path()).resolve("_state");
    Path days = Files.createDirectories(state.resolve("customers")).resolve("part-0.parquet");
    Files.write(days, new byte[1_200]);
    assertEquals(
        "The next night reads all inputs whole, as the live one kept no state.",
        StatusCommand.kept(out().state(live())));
    assertEquals("", warningsOfState());

    Files.writeString(
        state.resolve("state.json"),
        new NightState(
                LocalDate.parse("2026-03-02"),
                "none",
                new TreeMap<>(Map.of("part-0.parquet", 1_200L)),
                new TreeMap<>(),
                List.of(),
                0)
            .json());
    assertEquals(
        "The next night goes on from the days of customers that this one kept, 1,200 bytes.",
        StatusCommand.kept(out().state(live())));
    assertEquals("", warningsOfState());

    Files.write(days, new byte[1_199]);
    assertEquals(
        "The state of run b is damaged: the night after 2026-03-02 reads all inputs whole.\n",
        warningsOfState());
  }

  private String warningsOfState() throws IOException {
    Transcript transcript = new Transcript(false);
    VerifyCommand.warnOfState(out(), live(), transcript.console());
    return transcript.remarks();
  }

  @Test
  void aDamagedLiveReleaseIsComputedAgain() throws IOException {
    damage(
        folder.resolve("output").resolve(firm.release("b").path()).resolve("customer_indicators"),
        true);
    assertThrows(RefusedException.class, () -> verify(List.of(live())));

    String said = repair(false);
    assertTrue(
        said.matches(
            "(?s)The release of 2026-03-02, run %s, is damaged: files are missing or have another size\\. It is given up, and stays as it is until then: 'karat backfill --from 2026-03-02 --to 2026-03-02' computes the night again\\.\nNothing was changed\\. 'karat repair --yes' does what is said here\\.\n"
                .formatted("b")),
        said);
    assertTrue(firm.publish("b", "2026-03-02"));
    assertFalse(firm.publish("b", "2026-03-02"));
    assertEquals("Nothing is damaged.\n", repair(false));
    verify(releases());
  }

  @Test
  void aReleaseWithDamagedContentIsGivenUpAndComputedAgain() throws IOException {
    damage(folder.resolve("output").resolve(firm.release("b").path()).resolve("runs"), false);
    assertFalse(firm.publish("b", "2026-03-02"));

    String said = repair(true);
    assertTrue(said.startsWith("The release of 2026-03-02, run b, is damaged: runs "), said);
    assertEquals("b", out().current().orElseThrow().runId());
    assertTrue(firm.publish("b", "2026-03-02"));
    assertEquals("Nothing is damaged.\n", repair(false));
  }

  /** Every release that lists it has lost it; the live one stays where its readers are. */
  @Test
  void aDamagedNightOfTheHistoryIsGivenUpAndComputedAgain() throws IOException {
    damage(folder.resolve("output/history/as_of_date=2026-03-01"), false);

    String said = repair(true);
    assertTrue(said.contains("The history of 2026-03-01 "), said);
    assertTrue(said.contains("run b, is damaged: customer_value_history "), said);
    assertTrue(firm.publish("a", "2026-03-01"));
    assertEquals("Nothing is damaged.\n", repair(false));
    assertTrue(out().tables(live()).has("runs"));
    assertTrue(firm.publish("b", "2026-03-02"));
    assertEquals(2, out().tables(live()).nights().size());
    verify(List.of(live()));
  }

  @Test
  void aMissingNightOfTheHistoryIsNamedBeforeTheNextOneIsPublished() throws IOException {
    String lost =
        Objects.requireNonNull(out().head().nights().get(LocalDate.parse("2026-03-01")))
            .files()
            .get(0);
    Files.delete(folder.resolve("output").resolve(lost));

    DamagedFileException missing =
        assertThrows(DamagedFileException.class, () -> firm.publish("c", "2026-03-03"));
    assertEquals(
        ("%s is damaged: it is missing. Restore it from a backup, or run 'karat repair': it says"
                + " what can be mended, and changes nothing without --yes.")
            .formatted(lost),
        missing.getMessage());

    repair(true);
    assertTrue(firm.publish("c", "2026-03-03"));
    assertEquals(2, out().tables(live()).nights().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"format\" : 2, \"n\" : 2, \"act", "{}", "[1]", "not JSON"})
  void theNewestCommitIsWrittenAnewFromItsRun(String text) throws IOException {
    Files.writeString(folder.resolve("output/commits/2.json"), text);

    DamagedFileException damaged =
        assertThrows(DamagedFileException.class, () -> firm.publish("b", "2026-03-02"));
    assertTrue(
        String.valueOf(damaged.getMessage())
            .matches(
                "commits/2.json is damaged: it is .*\\. Readers still see night 2026-03-02, run %s\\. Restore it from a backup, or run 'karat repair': it says what can be mended, and changes nothing without --yes\\."
                    .formatted("b")),
        damaged.getMessage());
    assertEquals(ExitCode.USAGE, damaged.exitCode());

    String said = repair(false);
    assertTrue(said.contains("It is written anew: night 2026-03-02 is live"), said);
    assertEquals(text, Files.readString(folder.resolve("output/commits/2.json")));
    repair(true);
    assertEquals("a, b live", nights());
    assertFalse(firm.publish("b", "2026-03-02"));
    assertEquals("Nothing is damaged.\n", repair(false));
  }

  /** A mart follows one output, which it knows by its id. */
  @Test
  void anOutputStaysTheSameWhenItsOnlyCommitIsWrittenAnew() throws IOException {
    Path other = folder.resolve("other");
    ParquetFirm small = new ParquetFirm(spark, other);
    small.publish("a", "2026-03-01");
    String id = small.out().id().orElseThrow();
    Files.writeString(other.resolve("commits/1.json"), "");

    OutputFolder later =
        OutputFolders.open(
            other,
            spark.sparkContext().hadoopConfiguration(),
            () -> Instant.parse("2026-03-05T12:00:00Z"));
    Transcript said = new Transcript(false);
    RepairCommand.repair(later, new ReleaseAudit(spark, later), true, said.console());

    assertTrue(said.results().contains("It is written anew: night 2026-03-01 is live, run a."));
    assertEquals(id, small.out().id().orElseThrow());
    assertFalse(small.publish("a", "2026-03-01"));
  }

  @ParameterizedTest
  @CsvSource({
    "true, commits/1.json is missing. Later commits stand",
    "false, commits/1.json is damaged: it is empty. It gets another name. Later commits stand"
  })
  void anEarlierCommitThatIsDamagedOrGoneStopsNothing(boolean isGone, String damage)
      throws IOException {
    Path first = folder.resolve("output/commits/1.json");
    Files.delete(first);
    if (!isGone) {
      Files.createFile(first);
    }
    assertFalse(firm.publish("b", "2026-03-02"));

    assertTrue(repair(false).startsWith(damage + ", but a rollback cannot go back to this one."));
    assertTrue(repair(true).startsWith(damage + ", but a rollback cannot go back to this one."));
    assertEquals("Nothing is damaged.\n", repair(false));
    firm.publish("c", "2026-03-03");
    assertEquals("a, b, c live", nights());
  }

  /** The number of the newest commit is not that after the one before, as a folder takes that. */
  @Test
  void theNewestCommitIsTheOneAfterAFolderThatIsInTheWay() throws IOException {
    Files.createDirectories(folder.resolve("output/commits/3.json/inside"));
    firm.publish("c", "2026-03-03");
    Files.writeString(folder.resolve("output/commits/4.json"), "");

    assertTrue(repair(true).contains("It is written anew: night 2026-03-03 is live, run c."));
    assertEquals("a, b, c live", nights());
  }

  /** Its night need not be computed again. */
  @Test
  void aDamagedReleaseThatAnotherRunReplacedIsGivenUp() throws IOException {
    firm.publish("b2", "2026-03-02");
    damage(folder.resolve("output").resolve(firm.release("b").path()), true);

    String said = repair(true);
    assertTrue(said.contains("It is given up; another run speaks for its night."), said);
    assertFalse(said.contains("backfill"), said);
    assertFalse(firm.publish("b2", "2026-03-02"));
    assertEquals("Nothing is damaged.\n", repair(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"current", "current.json"})
  void aFolderInPlaceOfANameIsWarnedOfAndMended(String name) throws IOException {
    Files.delete(folder.resolve("output").resolve(name));
    Files.createDirectories(folder.resolve("output").resolve(name).resolve("inside"));
    firm.publish("c", "2026-03-03");
    String stale = out().follow().orElseThrow();
    assertTrue(
        stale.startsWith(
            "The commit of run c stands, but 'file:%s' could not be updated ("
                .formatted(folder.resolve("output").resolve(name))),
        stale);
    repair(true);
    assertEquals("a, b, c live", nights());
    assertEquals("c", out().current().orElseThrow().runId());
    assertEquals(Optional.empty(), out().follow());
  }

  private String repair(boolean mends) throws IOException {
    Transcript transcript = new Transcript(false);
    RepairCommand.repair(out(), audit(), mends, transcript.console());
    return transcript.results();
  }

  private String verify(List<Release> releases) throws IOException {
    Transcript transcript = new Transcript(false);
    VerifyCommand.verify(releases, audit(), transcript.console());
    return transcript.results();
  }

  private ReleaseAudit audit() throws IOException {
    return new ReleaseAudit(spark, out());
  }

  private OutputFolder out() throws IOException {
    return firm.out();
  }

  private String nights() throws IOException {
    return out().status().releases().stream()
        .map(line -> line.runId() + (line.live() ? " live" : ""))
        .collect(joining(", "));
  }

  private List<Release> releases() throws IOException {
    return out().head().releases().stream().filter(Release::retained).toList();
  }

  private Release live() throws IOException {
    return out().head().release(out().head().live()).orElseThrow();
  }

  /** Changes the bytes of the first file below a folder, or cuts it. */
  private static void damage(Path below, boolean cuts) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      Path file =
          files
              .filter(it -> it.toString().matches(".*\\.(parquet|json)"))
              .findFirst()
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 4; i < Math.min(bytes.length / 3, 200); i++) {
        bytes[i] ^= 0x5a;
      }
      // A new file, as the former may have several names.
      Files.delete(file);
      Files.write(file, cuts ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
    }
  }
}
