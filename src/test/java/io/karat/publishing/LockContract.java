package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.NullNode;
import io.karat.run.LockedException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

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
    ToyJob later = ToyJob.at(location(), () -> ToyJob.NOON.plusSeconds(61));
    try (RunLock stalled = job().out().lock("run 2026-03-01")) {
      StagedRun a = job().stage("a", "2026-03-01", false, stalled);
      try (RunLock successor = later.out().lock("run 2026-03-02")) {
        assertFalse(stalled.stillHeld());
        assertTrue(successor.stillHeld());
        LockedException error =
            assertThrows(LockedException.class, () -> job().out().commit(a, stalled));
        assertEquals(
            ("Cannot publish run a: its lock expired and was taken by run 2026-03-02 on host %s (pid %d)"
                    + " since 2026-03-02T12:01:01Z. Run again after that command has ended.")
                .formatted(
                    job().out().status().lock().orElseThrow().lease().host(),
                    ProcessHandle.current().pid()),
            error.getMessage());
      }
    }
  }

  @Test
  default void removesAStaleLockOnRequest() throws IOException {
    ToyJob later = ToyJob.at(location(), () -> ToyJob.NOON.plusSeconds(61));
    try (RunLock stalled = job().out().lock("run 2026-03-01")) {
      assertFalse(later.out().status().lock().orElseThrow().alive());
      assertEquals("run 2026-03-01", later.out().unlock().orElseThrow().run());
      assertFalse(stalled.stillHeld());
      assertTrue(later.out().unlock().isEmpty());
    }
  }

  @Test
  default void letsExactlyOneContenderTakeOverADeadLock() throws Exception {
    for (int round = 0; round < 20; round++) {
      Instant later = ToyJob.NOON.plusSeconds(61L * (round + 1));
      List<Callable<String>> contenders = new ArrayList<>();
      for (int contender = 0; contender < 3; contender++) {
        OutputFolder out = ToyJob.at(location(), () -> later).out();
        contenders.add(() -> taking(out));
      }
      assertEquals(List.of("locked", "locked", "taken"), Race.run(contenders));
    }
  }

  @Test
  default void keepsTheFilesOfAStalledAttemptApart() throws IOException {
    ToyJob later = ToyJob.at(location(), () -> ToyJob.NOON.plusSeconds(61));
    LocalDate night = LocalDate.parse("2026-03-01");
    try (RunLock stalled = job().out().lock("run 2026-03-01");
        RunLock successor = later.out().lock("run 2026-03-01")) {
      Staging old = job().out().stage("a", night, Commit.none(), stalled);
      Staging anew = later.out().stage("a", night, Commit.none(), successor);
      anew.write("tiers/part-0.parquet", "on time");
      old.write("tiers/part-9.parquet", "late");

      SortedMap<String, Release.Table> tables = new TreeMap<>();
      tables.put("tiers", new Release.Table(1, Optional.empty()));
      StagedRun run = anew.complete(tables, NullNode.getInstance(), false);
      assertEquals(Set.of("tiers/part-0.parquet"), run.files().keySet());
    }
  }

  private static String taking(OutputFolder out) throws IOException {
    try {
      assertTrue(out.lock("contender").stillHeld());
      return "taken";
    } catch (LockedException lost) {
      return "locked";
    }
  }
}
