package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests that old files are deleted and needed ones kept. Letters are runs, digits attempts at them.
 */
interface RetentionContract extends FreshFolder {
  @Test
  default void deletesOldReleasesAndTheHistoryThatOnlyTheyName() throws IOException {
    ToyJob two = job().keeping(2);
    two.run("a", "2026-03-01");
    two.run("b1", "2026-03-02");
    two.run("b2", "2026-03-02");
    two.run("b3", "2026-03-02");
    two.run("b4", "2026-03-02");

    assertEquals(
        """
        a 2026-03-01 deleted
        b1 2026-03-02 deleted
        b2 2026-03-02 deleted
        b3 2026-03-02
        b4 2026-03-02 live
        """,
        two.releases());
    assertEquals(List.of("b3", "b4"), two.storage().folders("releases"));
    assertEquals(List.of("b3", "b4"), two.storage().folders("history/as_of_date=2026-03-02"));
    assertEquals("b4 of 1: 03-01 a, 03-02 b4", two.seen());
  }

  /** As of a night that is computed later than {@code history_days} after it. */
  @Test
  default void keepsTheHistoryThatAKeptReleaseLists() throws IOException {
    ToyJob one = job().keeping(new Keep(1, 1, 5, Duration.ZERO));
    one.run("c", "2026-03-20");
    one.run("a", "2026-03-01");
    assertEquals("a of 1: 03-01 a", one.read(one.path("a")));

    one.run("d", "2026-03-21");
    assertEquals("d of 1: 03-20 c, 03-21 d", one.seen());
    assertEquals(
        List.of("as_of_date=2026-03-20", "as_of_date=2026-03-21"),
        one.storage().folders("history"));
  }

  @Test
  default void neverDeletesTheLiveReleaseNorTheOneBefore() throws IOException {
    ToyJob one = job().keeping(1);
    one.run("b", "2026-03-02");
    one.run("c", "2026-03-03");
    for (String older : List.of("2026-02-26", "2026-02-27", "2026-02-28")) {
      one.run("old" + older.substring(8), older);
    }

    assertEquals(List.of("b", "c", "old28"), one.storage().folders("releases"));
    one.rollBack();
    assertEquals("b of 1: 03-02 b", one.seen());
  }

  @Test
  default void keepsTheQuarantineOfADeletedReleaseForItsOwnTime() throws IOException {
    ToyJob one = job().keeping(new Keep(1, 3, 400, Duration.ZERO));
    one.run("a", "2026-03-01");
    one.run("b", "2026-03-02");
    String a = one.path("a");
    one.storage().replace(a + "/quarantine_transactions/part-0.parquet", "refused rows");
    try (RunLock lock = one.out().lock("retention")) {
      one.run("c", "2026-03-03", lock);
      one.out().retain(lock);
      assertEquals(List.of("quarantine_transactions"), one.storage().folders(a));
      assertEquals(List.of(), one.storage().names(a));

      one.run("d", "2026-03-04", lock);
      one.out().retain(lock);
      assertEquals(List.of("c", "d"), one.storage().folders("releases"));
    }
    assertEquals(
        """
        a 2026-03-01 deleted
        b 2026-03-02 deleted
        c 2026-03-03
        d 2026-03-04 live
        """,
        one.releases());
  }

  /** A file of a write that is going on is younger. */
  @Test
  default void removesWhatKilledWritesLeftAnHourAgo() throws IOException {
    String left = "commits/.7.json.5bc0b4f2-3d0f-4ab2-9c39-0f0d4a1e77aa";
    job().run("a", "2026-03-01");
    job().storage().replace(left, "half a com");
    job().run("b", "2026-03-02");
    assertTrue(job().storage().read(left).isPresent());

    ToyJob later = ToyJob.at(location(), () -> Instant.parse("9999-01-01T00:00:00Z"));
    later.run("c", "2026-03-03");
    assertTrue(later.storage().read(left).isEmpty());
  }

  @Test
  default void sweepsUpAfterRunsThatWereCutOff() throws IOException {
    try (RunLock lock = job().out().lock("cut off")) {
      Staging cut = job().out().stage("x", LocalDate.parse("2026-03-01"), Commit.none(), lock);
      cut.write("half.txt", "half");
      job().stage("y", "2026-03-05", false, lock);
    }
    job().run("a", "2026-03-01");

    assertEquals(List.of("a"), job().storage().folders("releases"));
    assertEquals(List.of("as_of_date=2026-03-01"), job().storage().folders("history"));
  }
}
