package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.night.ToyFirm;
import io.karat.publishing.LinePublisher;
import io.karat.publishing.PublisherException;
import io.karat.publishing.Publishers;
import io.karat.run.ExitCode;
import io.karat.run.UsageException;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests that every publisher of a configuration follows a run, a publish and a rollback. */
@ExtendWith(LocalSpark.class)
class PublishersTest {
  private final SparkSession spark;
  private final Transcript transcript = new Transcript(false);
  @TempDir Path folder;
  private ToyFirm firm;

  PublishersTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void deliver() {
    firm =
        ToyFirm.at(spark, folder)
            .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE");
  }

  @Test
  void allFollowInOrder() throws IOException {
    Path lines = folder.resolve("lines");
    Publishers both = both(lines, lines);
    firm.run("2026-03-01", both);
    firm.run("2026-03-02", both);

    String withdrawn = firm.out().head().live();
    RollbackCommand.rollback(
        firm.out(), Optional.empty(), (release, refusal) -> {}, both, transcript.console());
    PublishCommand.publish(
        withdrawn, firm.out(), (release, refusal) -> {}, both, transcript.console());

    assertEquals(
        """
        first: commit 1, 2026-03-01
        second: commit 1, 2026-03-01
        first: commit 2, 2026-03-02
        second: commit 2, 2026-03-02
        first: commit 3, 2026-03-01
        second: commit 3, 2026-03-01
        first: commit 4, 2026-03-02
        second: commit 4, 2026-03-02
        """,
        Files.readString(lines));
  }

  @Test
  void aFailureLeavesTheNightLiveAndDoesNotStopTheOthers() throws IOException {
    Path lines = folder.resolve("lines");
    Publishers oneBroken = both(folder.resolve("absent/lines"), lines);

    PublisherException failure =
        assertThrows(PublisherException.class, () -> firm.run("2026-03-01", oneBroken));

    assertEquals("Night 2026-03-01 is live, but first did not follow.", failure.getMessage());
    assertEquals(ExitCode.UNEXPECTED, failure.exitCode());
    assertEquals("2026-03-01", firm.out().current().orElseThrow().asOf().toString());
    assertEquals("second: commit 1, 2026-03-01\n", Files.readString(lines));

    Files.createDirectory(folder.resolve("absent"));
    String live = firm.out().head().live();
    PublishCommand.publish(
        live, firm.out(), (release, refusal) -> {}, oneBroken, transcript.console());

    assertEquals("first: commit 1, 2026-03-01\n", Files.readString(folder.resolve("absent/lines")));
  }

  @Test
  void allFailuresAreNamed() {
    Publishers broken = both(folder.resolve("absent/1"), folder.resolve("absent/2"));

    assertEquals(
        "Night 2026-03-01 is live, but first did not follow."
            + " Night 2026-03-01 is live, but second did not follow.",
        assertThrows(PublisherException.class, () -> firm.run("2026-03-01", broken)).getMessage());
  }

  @Test
  void oneThatIsNotReadyStopsTheNightBeforeItBegins() {
    Publishers unready = both(folder.resolve("lines"), folder);

    assertEquals(
        "second cannot write '%s': it is a folder.".formatted(folder),
        assertThrows(UsageException.class, () -> firm.run("2026-03-01", unready)).getMessage());
    assertFalse(Files.exists(firm.output()));
  }

  private static Publishers both(Path first, Path second) {
    return new Publishers(
        List.of(new LinePublisher("first", first), new LinePublisher("second", second)));
  }
}
