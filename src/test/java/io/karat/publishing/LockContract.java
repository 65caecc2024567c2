package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.NullNode;
import io.karat.run.LockedException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that only one command runs at a time. Letters are runs, digits attempts at them. */
interface LockContract extends FreshFolder {
  @Test
  default void keepsASecondRunAway() throws IOException {
    try (RunLock held = job().out().lock("run 2026-03-01")) {
      assertTrue(held.stillHeld());
      Lease lease = job().out().status().lock().orElseThrow().lease();
      String message =
          ("Output '%s' is locked by run 2026-03-01 on host %s (pid %d) since 2026-03-02T12:00:00Z,"
                  + " heartbeat 2026-03-02T12:00:00Z. Wait until that command has ended;"
                  + " 'karat unlock' removes the lock of one that no longer runs.")
              .formatted(job().storage().location(""), lease.host(), ProcessHandle.current().pid());
      assertEquals(
          message,
          assertThrows(LockedException.class, () -> job().run("b", "2026-03-02")).getMessage());
      assertEquals(
          message, assertThrows(LockedException.class, () -> job().out().unlock()).getMessage());
    }

    assertTrue(job().out().unlock().isEmpty());
    assertTrue(job().out().status().lock().isEmpty());
  }

  @Test
  default void endsARunThatLostItsLockBeforeItCommits() throws IOException {
    OutputFolder stalling = job().stalling();
    try (RunLock stalled = stalling.lock("run 2026-03-01")) {
      StagedRun a = job().stage("a", "2026-03-01", false, stalled);
      try (RunLock successor = stalling.lock("run 2026-03-02")) {
        assertFalse(stalled.stillHeld());
        assertTrue(successor.stillHeld());
        LockedException error =
            assertThrows(LockedException.class, () -> job().out().commit(a, stalled));
        assertEquals(
            ("Cannot publish run a: its lock expired and was taken by run 2026-03-02 on host %s"
                    + " (pid %d) since 2026-03-02T12:00:00Z. Run again after that command has ended.")
                .formatted(
                    job().out().status().lock().orElseThrow().lease().host(),
                    ProcessHandle.current().pid()),
            error.getMessage());
      }
    }
  }

  @Test
  default void removesAStaleLockOnRequest() throws IOException {
    OutputFolder stalling = job().stalling();
    try (RunLock stalled = stalling.lock("run 2026-03-01")) {
      assertTrue(stalling.unlock().orElseThrow().startsWith("run 2026-03-01 on host "));
      assertFalse(stalled.stillHeld());
      assertTrue(stalling.unlock().isEmpty());
    }
  }

  /** What the clock of a lease says does not count: it is dead because it does not move. */
  @ParameterizedTest
  @ValueSource(strings = {"2026-03-03T12:00:00Z", "2026-03-02T12:00:00Z", "1970-01-01T00:00:00Z"})
  default void takesOverALeaseThatDoesNotMoveWhateverItsClockSays(String heartbeat)
      throws IOException {
    OutputFolder stalling = job().stalling();
    try (RunLock stalled = stalling.lock("run 2026-03-01")) {
      String lease = job().storage().read("lock/1.json").orElseThrow();
      job()
          .storage()
          .replace(
              "lock/1.json",
              lease.replaceAll("heartbeat\" : \"[^\"]*", "heartbeat\" : \"" + heartbeat));
      try (RunLock successor = stalling.lock("run 2026-03-02")) {
        assertFalse(stalled.stillHeld());
        assertTrue(successor.stillHeld());
      }
    }
  }

  /** The same host name and a process id that is not there may be another container's. */
  @Test
  default void aProcessOfAnotherMachineIsNotTakenForDead() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    try (RunLock moving = job().out().lock("run 2026-03-01")) {
      String lease = job().storage().read("lock/1.json").orElseThrow();
      String gone = lease.replaceAll("\"pid\" : \\d+", "\"pid\" : " + ended.pid());
      job().storage().replace("lock/2.json", gone.replace("\"number\" : 1", "\"number\" : 2"));
      assertTrue(job().out().status().lock().orElseThrow().ended());
      job()
          .storage()
          .replace(
              "lock/2.json",
              gone.replace("\"number\" : 1", "\"number\" : 2")
                  .replaceAll("machine\" : \"[^\"]*", "machine\" : \"another"));
      assertFalse(job().out().status().lock().orElseThrow().ended());
      assertFalse(moving.stillHeld());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"format\": 2, \"num", "no lease"})
  default void aDamagedLeaseIsFreedByUnlock(String text) throws IOException {
    job().storage().replace("lock/7.json", text);

    LockedException error = assertThrows(LockedException.class, () -> job().run("a", "2026-03-01"));
    assertTrue(
        String.valueOf(error.getMessage())
            .matches(
                "Output '.*' is locked, but lock/7.json is damaged: .*\\. If no other command runs,"
                    + " 'karat unlock' frees it\\."),
        error.getMessage());
    assertEquals(
        "an unknown command: lock/7.json is damaged", job().stalling().unlock().orElseThrow());
    job().run("a", "2026-03-01");
    assertEquals("a of 1: 03-01 a", job().seen());
  }

  /** A file that somebody cut does not end the run that holds the lock. */
  @Test
  default void theHolderRenewsItsDamagedLease() throws Exception {
    try (RunLock held = job().out().lock("run 2026-03-01")) {
      job().storage().replace("lock/1.json", "");
      assertTrue(held.stillHeld());
      for (int i = 0; job().storage().read("lock/1.json").orElseThrow().isEmpty(); i++) {
        assertTrue(i < 200);
        Thread.sleep(20);
      }
      job().run("a", "2026-03-01", held);
    }
    assertEquals("a of 1: 03-01 a", job().seen());
  }

  @Test
  default void letsExactlyOneContenderTakeOverADeadLock() throws Exception {
    for (int round = 0; round < 3; round++) {
      RunLock stalled = job().stalling().lock("run 2026-03-01");
      List<Callable<String>> contenders = new ArrayList<>();
      List<RunLock> taken = Collections.synchronizedList(new ArrayList<>());
      for (int contender = 0; contender < 3; contender++) {
        contenders.add(() -> taking(taken));
      }
      assertEquals(List.of("locked", "locked", "taken"), Race.run(contenders));
      assertFalse(stalled.stillHeld());
      taken.get(0).close();
    }
  }

  @Test
  default void keepsTheFilesOfAStalledAttemptApart() throws IOException {
    OutputFolder stalling = job().stalling();
    LocalDate night = LocalDate.parse("2026-03-01");
    try (RunLock stalled = stalling.lock("run 2026-03-01");
        RunLock successor = stalling.lock("run 2026-03-01")) {
      Staging old = stalling.stage("a", night, Commit.none(), stalled);
      Staging anew = stalling.stage("a", night, Commit.none(), successor);
      anew.write("tiers/part-0.parquet", "on time");
      old.write("tiers/part-9.parquet", "late");

      SortedMap<String, Release.Table> tables = new TreeMap<>();
      tables.put("tiers", new Release.Table(1, Optional.empty()));
      StagedRun run = anew.complete(tables, NullNode.getInstance(), false);
      assertEquals(Set.of("tiers/part-0.parquet"), run.files().keySet());
    }
  }

  private String taking(List<RunLock> taken) throws IOException {
    try {
      taken.add(job().out().lock("contender"));
      return "taken";
    } catch (LockedException lost) {
      return "locked";
    }
  }
}
