package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Tests that metadata does not grow with the number of nights. Letters are runs. */
interface BoundedContract extends FreshFolder {
  /** The system property {@code karat.nights} makes it longer, and prints what nights cost. */
  int NIGHTS = Integer.getInteger("karat.nights", 28);

  @Test
  default void commitsAndFilesDoNotGrowWithTheNights() throws IOException {
    ToyJob job = job().keeping(new Keep(2, 2, 5, Duration.ZERO));
    LocalDate first = LocalDate.parse("2026-01-01");
    run(job, first, 0, 15);
    long bytes = newest(job);
    int files = job.storage().files("").size();

    run(job, first, 15, NIGHTS);
    assertTrue(newest(job) <= bytes + 80, "from %d to %d bytes".formatted(bytes, newest(job)));
    assertEquals(files, job.storage().files("").size());
    assertTrue(job.seen().startsWith(name(NIGHTS - 1) + " of 1"), job.seen());
    assertEquals(6, job.seen().split(",", -1).length, job.seen());
    job.rollBack();
    assertTrue(job.seen().startsWith(name(NIGHTS - 2) + " of 1"), job.seen());
  }

  /** The commits of an afternoon of going back and forth go with the next night. */
  @Test
  default void goingBackAndForthLeavesNothing() throws IOException {
    job().run("a", "2026-03-01");
    job().run("b", "2026-03-02");
    for (int i = 0; i < 8; i++) {
      job().rollBack();
      job().publish("b");
    }
    job().run("c", "2026-03-03");
    assertTrue(
        job().storage().names("commits").size() <= 7, job().storage().names("commits").toString());
    job().rollBack();
    job().rollBackTo("a");
    assertEquals("a of 1: 03-01 a", job().seen());
  }

  private static void run(ToyJob job, LocalDate first, int from, int to) throws IOException {
    long start = System.nanoTime();
    for (int night = from; night < to; night++) {
      job.run(name(night), first.plusDays(night).toString());
      assertTrue(job.out().published().isUnchanged(name(night), first.plusDays(night)));
      if (NIGHTS > 1_000 && night % 100 == 99) {
        System.out.printf(
            "Nights %d to %d: %d ms each, commit %d bytes, %d files%n",
            night - 99,
            night,
            (System.nanoTime() - start) / 100_000_000,
            newest(job),
            job.storage().files("").size());
        start = System.nanoTime();
      }
    }
  }

  /** As long for the last night as for the first, like the names of runs. */
  private static String name(int night) {
    return "n%04d".formatted(night);
  }

  private static long newest(ToyJob job) throws IOException {
    return job.storage()
        .read("commits/%d.json".formatted(job.out().head().number()))
        .orElseThrow()
        .length();
  }

  /** A reader who has resolved the live release has some time to read it. */
  @Test
  default void aReleaseStaysForItsReadersAfterItWasLive() throws IOException {
    ToyJob hour = job().keeping(new Keep(1, 1, 400, Duration.ofHours(1)));
    hour.run("a", "2026-03-01");
    hour.run("b", "2026-03-02");
    hour.run("c", "2026-03-03");
    String a = hour.path("a");
    assertTrue(hour.storage().isFolder(a));

    ToyJob later = ToyJob.at(location(), () -> ToyJob.NOON.plusSeconds(3_601)).keeping(1);
    later.run("d", "2026-03-04");
    assertEquals(false, later.storage().isFolder(a));
    assertEquals("d of 1: 03-01 a, 03-02 b, 03-03 c, 03-04 d", later.seen());
  }
}
