package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.FencedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Tests that a process that was paused for longer than its lease does no harm when it wakes up,
 * wherever it stood. Letters are runs.
 */
interface ZombieContract extends FreshFolder {
  /** It stood between its checks and its commit, while another process published the same run. */
  @Test
  default void aCommitThatComesTooLateIsFenced() throws IOException {
    job().run("a", "2026-03-01");
    OutputFolder stalling = job().stalling();
    try (RunLock asleep = stalling.lock("run b")) {
      StagedRun slept = job().stage("b", "2026-03-02", false, asleep);
      Commit seen = job().out().head();
      Commit late = seen.after(Commit.Action.PUBLISH, slept, true, ToyJob.NOON);
      job().run("b", "2026-03-02");
      String live = job().path("b");

      assertFalse(ToyJob.commits(location()).append(late));
      assertThrows(FencedException.class, () -> job().out().commit(slept, asleep));
      assertEquals("b of 1: 03-01 a, 03-02 b", job().seen());
      assertEquals(live, job().path("b"));
    }
  }

  /** Retention has deleted the commit with the number that it would take. */
  @Test
  default void aCommitWithTheNumberOfADeletedOneDoesNotCount() throws IOException {
    ToyJob one = job().keeping(1);
    one.run("a", "2026-03-01");
    try (RunLock lock = one.out().lock("run slept")) {
      StagedRun slept = one.stage("slept", "2026-03-02", false, lock);
      Commit late = one.out().head().after(Commit.Action.PUBLISH, slept, true, ToyJob.NOON);
      for (int day = 2; day < 8; day++) {
        one.run("n" + day, "2026-03-0" + day, lock);
      }
      one.out().retain(lock);
      assertEquals(Optional.empty(), one.storage().read("commits/2.json"));

      assertFalse(ToyJob.commits(location()).append(late));
      assertThrows(FencedException.class, () -> one.out().commit(slept, lock));
      assertTrue(one.seen().startsWith("n7 of 1"), one.seen());
      one.run("n8", "2026-03-08", lock);
      one.out().retain(lock);
      assertEquals(Optional.empty(), one.storage().read("commits/2.json"));
      assertTrue(one.seen().startsWith("n8 of 1"), one.seen());
    }
    one.rollBack();
    assertTrue(one.seen().startsWith("n7 of 1"), one.seen());
  }

  /** It was about to delete an old release that another process has made live again meanwhile. */
  @Test
  default void aReleaseThatIsGivenUpCannotGoLiveWhileItIsDeleted() throws IOException {
    ToyJob two = job().keeping(new Keep(2, 1, 400, Duration.ZERO));
    two.run("a", "2026-03-01");
    two.run("b", "2026-03-02");
    try (RunLock lock = two.out().lock("run c")) {
      two.run("c", "2026-03-03", lock);
      assertTrue(two.storage().isFolder("releases/a"));
      assertThrows(RuntimeException.class, () -> two.out().publish("a", ToyJob.UNCHECKED, lock));
      assertThrows(
          RuntimeException.class,
          () -> two.out().rollBack(Optional.of("a"), ToyJob.UNCHECKED, lock));
      two.out().retain(lock);
      assertFalse(two.storage().isFolder("releases/a"));
    }
  }

  /** It wakes up in its retention, when it no longer holds the lock. */
  @Test
  default void retentionDeletesNothingOfASuccessor() throws IOException {
    OutputFolder stalling = job().stalling();
    try (RunLock asleep = stalling.lock("run a")) {
      job().run("a", "2026-03-01", asleep);
      try (RunLock awake = stalling.lock("run b")) {
        job().stage("b", "2026-03-02", false, awake);
        Retention.Outcome outcome = stalling.retain(asleep);
        assertEquals(List.of("another run has taken over"), outcome.problems());
        assertTrue(job().storage().isFolder("releases/b"));
      }
    }
    assertEquals("b", job().publish("b").live());
  }
}
