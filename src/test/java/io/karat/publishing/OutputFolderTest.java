package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.NullNode;
import io.karat.run.LockedException;
import io.karat.run.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of refusals, repairs and waiting of an output folder. */
class OutputFolderTest {
  private static final LocalDate NIGHT = LocalDate.parse("2026-03-01");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "gs, ', Google Cloud Storage, where no race of two runs has been tested'",
    "abfss, ', Azure Storage, where no race of two runs has been tested'",
    "s3, ', which Hadoop calls s3a'",
    "ftp, ''"
  })
  void refusesAFileSystemThatNobodyTested(String scheme, String because) {
    UsageException error =
        assertThrows(
            UsageException.class, () -> ToyJob.at(scheme + "://shop/out", () -> ToyJob.NOON));

    assertEquals(
        "Output '%1$s://shop/out' is on '%1$s'%2$s: expected a folder on file:, hdfs: or s3a:. Set output.path to one."
            .formatted(scheme, because),
        error.getMessage());
  }

  @Test
  void refusesAnOutputThatCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    ToyJob job = ToyJob.at(file + "/out", () -> ToyJob.NOON);

    UsageException error = assertThrows(UsageException.class, () -> job.run("a", "2026-03-01"));
    assertEquals(
        ("Output 'file:%s/out' cannot be written: NotDirectoryException: %s/out/lock."
                + " Set output.path to a folder that this user may write to.")
            .formatted(file, file),
        error.getMessage());
  }

  @Test
  void refusesARunIdThatIsNoFolderName() throws IOException {
    ToyJob job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
    try (RunLock lock = job.out().lock("run")) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> job.out().stage("../x", NIGHT, Commit.none(), lock));
      assertEquals(
          "Invalid run id '../x': expected lower-case letters, digits and '-'", error.getMessage());
    }
  }

  @Test
  void refusesToCompleteARunWithoutItsTables() throws IOException {
    ToyJob job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
    try (RunLock lock = job.out().lock("run")) {
      Staging staging = job.out().stage("a", NIGHT, Commit.none(), lock);
      staging.write("tiers/part-0.parquet", "rows");
      IllegalStateException error =
          assertThrows(
              IllegalStateException.class,
              () -> staging.complete(Map.of(), NullNode.getInstance(), false));
      assertEquals("Run a declares tables [], but its folder holds [tiers]", error.getMessage());
    }
  }

  @Test
  void listsReleasesAndUnfinishedRuns() throws IOException {
    ToyJob job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
    job.run("a", "2026-03-01");
    try (RunLock lock = job.out().lock("run")) {
      job.out().stage("x", NIGHT, job.out().head(), lock).write("note.txt", "half");
      job.stage("y", "2026-03-01", false, lock);

      Status status = job.out().status();
      assertEquals(
          List.of(new Status.ReleaseLine("a", NIGHT, true, false, true, ToyJob.NOON, 3)),
          status.releases());
      assertEquals(
          List.of(
              new Status.StagedLine("x", "releases/x/" + lock.attempt(), Optional.empty(), false),
              new Status.StagedLine("y", "releases/y/" + lock.attempt(), Optional.of(NIGHT), true)),
          status.uncommitted());
      assertFalse(status.lock().orElseThrow().ended());
    }
  }

  @Test
  void confirmsOnlyWhatReadersFind() throws IOException {
    ToyJob job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
    Commit commit = job.run("a", "2026-03-01");
    assertEquals(Optional.empty(), job.out().published().confirm(commit));

    job.storage().delete(job.path("a") + "/customer_indicators");
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> job.out().published().confirm(commit));
    assertEquals(
        "Commit 1 of run a does not read back: files of its tables are missing",
        error.getMessage());
  }

  @Test
  void repairsTheNamesThatReadersUseWithTheNextCommand() throws IOException {
    ToyJob job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
    job.run("a", "2026-03-01");
    job.storage().delete("current.json");
    job.storage().point("current", "releases/old");

    job.out().lock("any command").close();
    assertEquals("a of 1: 03-01 a", job.seen());
    assertEquals(Path.of(job.path("a")), Files.readSymbolicLink(folder.resolve("current")));
  }

  /** The clock stands still, and the lease moves nevertheless. */
  @Test
  @Timeout(20)
  void aHeartbeatKeepsALongRunAlive() throws Exception {
    OutputFolder out = open(Duration.ofMillis(20), Duration.ofSeconds(2));
    try (RunLock lock = out.lock("long run")) {
      Thread.sleep(100);
      assertThrows(LockedException.class, () -> out.lock("second run"));
      assertTrue(lock.stillHeld());
    }
  }

  /** Whoever waits in front of a terminal knows for whom, and for how long. */
  @Test
  @Timeout(20)
  void aCommandThatHasToWaitSaysForWhomAndHowLong() throws IOException {
    OutputFolder out = open(Duration.ofMillis(20), Duration.ofSeconds(2));
    List<String> told = new ArrayList<>();
    try (RunLock lock = out.lock("long run")) {
      assertTrue(lock.stillHeld());
      assertThrows(LockedException.class, () -> out.telling(told::add).lock("second run"));
      assertThrows(LockedException.class, () -> out.telling(told::add).unlock());
      String wait =
          "Output 'file:%s' is locked by %s. Looking until 2026-03-02T12:00:02Z at the latest whether that command is alive."
              .formatted(folder, out.status().lock().orElseThrow().lease().words());
      assertEquals(List.of(wait, wait), told);
    }
    out.telling(told::add).lock("third run").close();
    assertEquals(2, told.size());
  }

  @Test
  void aLockThatWasFreedByHandEndsItsRunBeforeTheCommit() throws IOException {
    OutputFolder out = open(Duration.ofHours(1), Duration.ofMillis(200));
    ToyJob job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
    try (RunLock stalled = out.lock("run")) {
      StagedRun run = job.stage("a", "2026-03-01", false, stalled);
      out.unlock();
      LockedException error = assertThrows(LockedException.class, () -> out.commit(run, stalled));
      assertEquals(
          "Cannot publish run a: its lock was removed, as 'karat unlock' does. Run again.",
          error.getMessage());
    }
    assertFalse(job.out().current().isPresent());
  }

  private OutputFolder open(Duration heartbeat, Duration lease) throws IOException {
    return OutputFolder.open(
        folder.toString(), new Configuration(), ToyJob.KEEP, () -> ToyJob.NOON, heartbeat, lease);
  }
}
