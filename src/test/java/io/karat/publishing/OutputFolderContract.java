package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.Failpoint;
import io.karat.run.FencedException;
import io.karat.run.LockedException;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What publishing promises, on whatever file system. Letters are runs, digits attempts at them. */
abstract class OutputFolderContract {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private String location = "";
  private ToyJob job;

  /** A folder that no other test uses. */
  abstract String freshFolder() throws IOException;

  @BeforeEach
  void openFreshFolder() throws IOException {
    location = freshFolder();
    job = ToyJob.at(location, () -> NOON);
  }

  @Test
  void showsTheLatestNightWithOneRunPerNightOfHistory() throws IOException {
    assertEquals("nothing", job.seen());

    job.run("a", "2026-03-01");
    assertEquals("a of 1: 03-01 a", job.seen());

    job.run("b", "2026-03-02");
    assertEquals("b of 1: 03-01 a, 03-02 b", job.seen());
  }

  @Test
  void replacesTheRunOfANightThatIsPublishedAgain() throws IOException {
    job.run("a", "2026-03-01");
    job.run("b1", "2026-03-02");
    job.run("b2", "2026-03-02");

    assertEquals("b2 of 1: 03-01 a, 03-02 b2", job.seen());
  }

  @Test
  void keepsAnOlderNightInTheHistoryOnly() throws IOException {
    job.run("b", "2026-03-02");
    job.run("a", "2026-03-01");
    assertEquals("b of 1: 03-02 b", job.seen());

    job.run("c", "2026-03-03");
    assertEquals("c of 1: 03-01 a, 03-02 b, 03-03 c", job.seen());
  }

  @Test
  void makesAnOlderNightLiveOnRequest() throws IOException {
    job.run("b", "2026-03-02");
    job.run("a", "2026-03-01", true);
    assertEquals("a of 1: 03-01 a", job.seen());

    assertEquals(Commit.Action.MAKE_LIVE, job.publish("b").action());
    assertEquals("b of 1: 03-02 b", job.seen());
  }

  @Test
  void hasNothingToDoForANightThatIsThere() throws IOException {
    job.run("b", "2026-03-02");
    job.run("a", "2026-03-01");

    assertEquals(2, job.run("b", "2026-03-02").number());
    assertEquals(2, job.run("a", "2026-03-01").number());
    assertFalse(job.out().isUnchanged("a2", LocalDate.parse("2026-03-01")));
  }

  @Test
  void repairsALiveReleaseThatLostFiles() throws IOException {
    job.run("a", "2026-03-01");
    job.storage().delete("releases/a/customer_indicators");
    assertFalse(job.out().isUnchanged("a", LocalDate.parse("2026-03-01")));

    assertEquals(2, job.run("a", "2026-03-01").number());
    assertEquals("a of 1: 03-01 a", job.seen());
  }

  @Test
  void rollsBackNightByNightUntilThereIsNone() throws IOException {
    job.run("a", "2026-03-01");
    job.run("b", "2026-03-02");
    job.run("c", "2026-03-03");

    job.rollBack();
    assertEquals("b of 1: 03-01 a, 03-02 b", job.seen());
    assertEquals(List.of("2026-03-01", "2026-03-02"), nights());
    job.rollBack();
    assertEquals("a of 1: 03-01 a", job.seen());
    assertEquals(
        """
        a 2026-03-01 live
        b 2026-03-02 withdrawn
        c 2026-03-03 withdrawn
        """,
        job.releases());
    RefusedException error = assertThrows(RefusedException.class, job::rollBack);
    assertEquals(
        "Cannot roll back release a: no other release was live before it and is not withdrawn."
            + " Run karat run to publish a better one.",
        error.getMessage());
  }

  @Test
  void refusesToRollBackToNothing() throws IOException {
    RefusedException empty = assertThrows(RefusedException.class, job::rollBack);
    assertEquals(
        "Cannot roll back: nothing is published yet. Run karat run to publish a night.",
        empty.getMessage());

    job.run("a", "2026-03-01");
    job.run("b", "2026-03-02");
    job.storage().delete("releases/a");
    RefusedException gone = assertThrows(RefusedException.class, job::rollBack);
    assertEquals(
        "Cannot roll back release b: files of release a before it are gone."
            + " Run karat run to publish a better one.",
        gone.getMessage());
  }

  @Test
  void bringsAWithdrawnReleaseBackOnlyWhenInsisted() throws IOException {
    job.run("a", "2026-03-01");
    job.run("b", "2026-03-02");
    job.rollBack();

    RefusedException error = assertThrows(RefusedException.class, () -> job.run("b", "2026-03-02"));
    assertEquals(
        "Cannot publish run b: a rollback withdrew it."
            + " Run karat publish b to insist, or change what it is made from.",
        error.getMessage());

    job.publish("b");
    assertEquals("b of 1: 03-01 a, 03-02 b", job.seen());
    assertEquals("a 2026-03-01\nb 2026-03-02 live\n", job.releases());
  }

  @Test
  void insistsOnAWithdrawnReleaseWhoseFilesWereDeletedOnceItIsStagedAgain() throws IOException {
    job.run("a", "2026-03-01");
    job.run("b", "2026-03-02");
    job.rollBack();
    job.storage().delete("releases/b");

    RefusedException gone = assertThrows(RefusedException.class, () -> job.publish("b"));
    assertEquals(
        "Cannot publish run b: its files are not complete. Run its night again.",
        gone.getMessage());
    assertThrows(RefusedException.class, () -> job.run("b", "2026-03-02"));
    job.publish("b");
    assertEquals("b of 1: 03-01 a, 03-02 b", job.seen());
  }

  @Test
  void finishesAStagedRunByHand() throws IOException {
    try (RunLock lock = job.out().lock("run 2026-03-01")) {
      job.stage("a", "2026-03-01", false, lock);
    }
    assertTrue(job.out().status().uncommitted().get(0).complete());
    job.publish("a");
    assertEquals("a of 1: 03-01 a", job.seen());
    assertEquals(List.of(), job.out().status().uncommitted());

    UsageException error = assertThrows(UsageException.class, () -> job.publish("z"));
    assertEquals(
        "Cannot publish run 'z': no release and no staged run has this id. See karat status.",
        error.getMessage());
  }

  @Test
  void fencesARunThatAnotherOneOvertook() throws IOException {
    try (RunLock lock = job.out().lock("two runs")) {
      StagedRun a = job.stage("a", "2026-03-01", false, lock);
      StagedRun b = job.stage("b", "2026-03-01", false, lock);
      job.out().commit(a, lock);
      FencedException first = assertThrows(FencedException.class, () -> job.out().commit(b, lock));
      assertEquals(
          "Cannot publish run b: release a appeared since this run started from an empty output."
              + " Run again to build on it.",
          first.getMessage());

      StagedRun c = job.stage("c", "2026-03-02", false, lock);
      job.out().commit(job.stage("d", "2026-03-02", false, lock), lock);
      FencedException second = assertThrows(FencedException.class, () -> job.out().commit(c, lock));
      assertEquals(
          "Cannot publish run c: release d appeared since this run started from a."
              + " Run again to build on it.",
          second.getMessage());
    }
  }

  @Test
  void letsExactlyOneOfTwoRunsTakeANumber() throws Exception {
    try (RunLock lock = job.out().lock("two runs")) {
      for (int round = 0; round < 20; round++) {
        StagedRun a = job.stage("a" + round, "2026-03-01", false, lock);
        StagedRun b = job.stage("b" + round, "2026-03-01", false, lock);
        List<String> ends = race(List.of(() -> ending(a, lock), () -> ending(b, lock)));
        assertEquals(List.of("fenced", "published"), ends);
        assertEquals(round + 1, job.out().head().number());
      }
    }
  }

  @Test
  void letsExactlyOneContenderTakeOverADeadLock() throws Exception {
    for (int round = 0; round < 20; round++) {
      Instant later = NOON.plusSeconds(61L * (round + 1));
      List<Callable<String>> contenders = new ArrayList<>();
      for (int contender = 0; contender < 3; contender++) {
        OutputFolder out = ToyJob.at(location, () -> later).out();
        contenders.add(() -> taking(out));
      }
      assertEquals(List.of("locked", "locked", "taken"), race(contenders));
    }
  }

  @Test
  void keepsASecondRunAway() throws IOException {
    try (RunLock held = job.out().lock("run 2026-03-01")) {
      assertTrue(held.stillHeld());
      Lease lease = job.out().status().lock().orElseThrow().lease();
      String message =
          ("Output '%s' is locked by run 2026-03-01 on host %s (pid %d) since 2026-03-02T12:00:00Z,"
                  + " heartbeat 2026-03-02T12:00:00Z. Wait for it to end;"
                  + " karat unlock frees the lock of a run that died.")
              .formatted(job.out().location(""), lease.host(), ProcessHandle.current().pid());
      assertEquals(
          message,
          assertThrows(LockedException.class, () -> job.run("b", "2026-03-02")).getMessage());
      assertEquals(
          message, assertThrows(LockedException.class, () -> job.out().unlock()).getMessage());
    }

    assertTrue(job.out().unlock().isEmpty());
    assertTrue(job.out().status().lock().isEmpty());
  }

  @Test
  void endsARunThatLostItsLockBeforeItCommits() throws IOException {
    ToyJob later = ToyJob.at(location, () -> NOON.plusSeconds(61));
    try (RunLock stalled = job.out().lock("run 2026-03-01")) {
      StagedRun a = job.stage("a", "2026-03-01", false, stalled);
      try (RunLock successor = later.out().lock("run 2026-03-02")) {
        assertFalse(stalled.stillHeld());
        assertTrue(successor.stillHeld());
        LockedException error =
            assertThrows(LockedException.class, () -> job.out().commit(a, stalled));
        assertEquals(
            ("Cannot publish run a: it lost the lock to run 2026-03-02 on host %s (pid %d)"
                    + " since 2026-03-02T12:01:01Z. Run again once that has ended.")
                .formatted(
                    job.out().status().lock().orElseThrow().lease().host(),
                    ProcessHandle.current().pid()),
            error.getMessage());
      }
    }
  }

  @Test
  void freesADeadLockOnRequest() throws IOException {
    ToyJob later = ToyJob.at(location, () -> NOON.plusSeconds(61));
    try (RunLock stalled = job.out().lock("run 2026-03-01")) {
      assertFalse(later.out().status().lock().orElseThrow().alive());
      assertEquals("run 2026-03-01", later.out().unlock().orElseThrow().run());
      assertFalse(stalled.stillHeld());
      assertTrue(later.out().unlock().isEmpty());
    }
  }

  @Test
  void deletesOldReleasesAndTheHistoryThatOnlyTheyName() throws IOException {
    ToyJob two = job.keeping(2);
    two.run("a", "2026-03-01");
    two.run("b1", "2026-03-02");
    two.run("b2", "2026-03-02");
    two.run("b3", "2026-03-02");
    two.run("b4", "2026-03-02");

    assertEquals(
        """
        a 2026-03-01 deleted
        b1 2026-03-02 deleted
        b2 2026-03-02
        b3 2026-03-02
        b4 2026-03-02 live
        """,
        two.releases());
    assertEquals(List.of("b3", "b4"), two.storage().names("releases"));
    assertEquals(List.of("b3", "b4"), two.storage().names("history/as_of_date=2026-03-02"));
    assertEquals("b4 of 1: 03-01 a, 03-02 b4", two.seen());
  }

  @Test
  void neverDeletesTheLiveReleaseNorTheOneBefore() throws IOException {
    ToyJob one = job.keeping(1);
    one.run("b", "2026-03-02");
    one.run("c", "2026-03-03");
    for (String older : List.of("2026-02-26", "2026-02-27", "2026-02-28")) {
      one.run("old" + older.substring(8), older);
    }

    assertEquals(List.of("b", "c", "old28"), one.storage().names("releases"));
    one.rollBack();
    assertEquals("b of 1: 03-02 b", one.seen());
  }

  @Test
  void sweepsUpAfterRunsThatWereCutOff() throws IOException {
    try (RunLock lock = job.out().lock("cut off")) {
      Staging cut = job.out().stage("x", LocalDate.parse("2026-03-01"), Commit.none(), lock);
      cut.write("half.txt", "half");
      job.stage("y", "2026-03-05", false, lock);
    }
    job.run("a", "2026-03-01");

    assertEquals(List.of("y"), job.storage().names("staging"));
    assertEquals(
        List.of("as_of_date=2026-03-01", "as_of_date=2026-03-05"), job.storage().names("history"));
  }

  @ParameterizedTest
  @EnumSource(PublishingStep.class)
  void finishesAfterAFailureAnywhere(PublishingStep step) throws IOException {
    job.run("a", "2026-03-01");
    System.setProperty(Failpoint.PROPERTY, step.name());
    try {
      assertThrows(IllegalStateException.class, () -> job.run("b", "2026-03-02"));
    } finally {
      System.clearProperty(Failpoint.PROPERTY);
    }
    assertTrue(
        List.of("a of 1: 03-01 a", "b of 1: 03-01 a, 03-02 b").contains(job.seen()), job.seen());

    job.run("b", "2026-03-02");
    assertFinished();
  }

  /** Two nights are published and nothing of a failed attempt is left. */
  void assertFinished() throws IOException {
    assertEquals("b of 1: 03-01 a, 03-02 b", job.seen());
    assertEquals("a 2026-03-01\nb 2026-03-02 live\n", job.releases());
    assertEquals(2, job.out().head().number());
    assertEquals(List.of(), job.storage().names("staging"));
    assertEquals(List.of("a", "b"), job.storage().names("releases"));
    for (Commit.Night night : job.out().head().nights().values()) {
      assertEquals(1, night.files().size());
    }
  }

  ToyJob job() {
    return job;
  }

  String location() {
    return location;
  }

  private List<String> nights() throws IOException {
    return job.out().head().nights().keySet().stream().map(LocalDate::toString).toList();
  }

  private String ending(StagedRun run, RunLock lock) throws IOException {
    try {
      job.out().commit(run, lock);
      return "published";
    } catch (FencedException lost) {
      return "fenced";
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

  /** How calls end that start together, sorted. */
  private static List<String> race(List<Callable<String>> calls)
      throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<Future<String>> ends = new ArrayList<>();
      for (Callable<String> call : calls) {
        ends.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      List<String> texts = new ArrayList<>();
      for (Future<String> end : ends) {
        texts.add(end.get());
      }
      return texts.stream().sorted().toList();
    } finally {
      threads.shutdown();
    }
  }
}
