package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.RefusedException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of rolling back, and of going forward again. Letters are runs, digits attempts at them. */
interface RollbackContract extends FreshFolder {
  @Test
  default void rollsBackToTheReleaseBeforeAndFurtherOnlyByName() throws IOException {
    job().run("a", "2026-03-01");
    job().run("b", "2026-03-02");
    job().run("c", "2026-03-03");

    Commit back = job().rollBack();
    assertEquals("b of 1: 03-01 a, 03-02 b", job().seen());
    assertEquals(List.of("2026-03-01", "2026-03-02"), nights(job()));
    assertEquals(back, job().rollBack());
    assertEquals("b of 1: 03-01 a, 03-02 b", job().seen());
    Commit further = job().rollBackTo("a");
    assertEquals(further, job().rollBackTo("a"));
    assertEquals("a of 1: 03-01 a", job().seen());
    assertEquals(
        """
        a 2026-03-01 live
        b 2026-03-02 withdrawn
        c 2026-03-03 withdrawn
        """,
        job().releases());
    RefusedException withdrawn = assertThrows(RefusedException.class, () -> job().rollBackTo("b"));
    assertEquals(
        "Cannot roll back release a: release b is withdrawn too. 'karat publish b' makes it live"
            + " again.",
        withdrawn.getMessage());
    RefusedException unknown = assertThrows(RefusedException.class, () -> job().rollBackTo("x"));
    assertEquals(
        "Cannot roll back release a: release x was not live, or is deleted. 'karat status' lists"
            + " the releases.",
        unknown.getMessage());
  }

  @Test
  default void refusesToRollBackTheOnlyRelease() throws IOException {
    job().run("a", "2026-03-01");

    RefusedException error = assertThrows(RefusedException.class, job()::rollBack);
    assertEquals(
        "Cannot roll back release a: there is no earlier release that is not withdrawn."
            + " Correct the night and run it again.",
        error.getMessage());
  }

  @Test
  default void rollsBackSeveralNightsAtOnce() throws IOException {
    job().run("a", "2026-03-01");
    job().run("b", "2026-03-02");
    job().run("c", "2026-03-03");

    job().rollBackTo("a");

    assertEquals("a of 1: 03-01 a", job().seen());
    assertEquals(
        """
        a 2026-03-01 live
        b 2026-03-02 withdrawn
        c 2026-03-03 withdrawn
        """,
        job().releases());
  }

  /** A model that is accepted in between changes no release, so a repeat still does nothing. */
  @Test
  default void aNightAfterARollbackCanBeRolledBackAgain() throws IOException {
    job().run("a", "2026-03-01");
    job().run("b", "2026-03-02");
    job().rollBack();
    job().accept(job().fit("other", "a").model());
    job().rollBack();
    assertEquals("a of 1: 03-01 a", job().seen());

    job().run("c", "2026-03-02");
    job().rollBack();
    assertEquals("a of 1: 03-01 a", job().seen());
  }

  @Test
  default void refusesToRollBackToNothing() throws IOException {
    RefusedException empty = assertThrows(RefusedException.class, job()::rollBack);
    assertEquals(
        "Cannot roll back: nothing is published yet. Run karat run to publish a night.",
        empty.getMessage());

    job().run("a", "2026-03-01");
    job().run("b", "2026-03-02");
    job().storage().delete(job().path("a"));
    RefusedException gone = assertThrows(RefusedException.class, job()::rollBack);
    assertEquals(
        "Cannot roll back release b: the files of release a before it are deleted."
            + " Correct the night and run it again.",
        gone.getMessage());
  }

  @Test
  default void publishesAWithdrawnReleaseAgainOnlyOnCommand() throws IOException {
    job().run("a", "2026-03-01");
    job().run("b", "2026-03-02");
    job().rollBack();

    RefusedException error =
        assertThrows(RefusedException.class, () -> job().run("b", "2026-03-02"));
    assertEquals(
        "Cannot publish run b: a rollback withdrew it. Change its inputs or its settings,"
            + " or run 'karat publish b' to publish it again as it is.",
        error.getMessage());

    job().publish("b");
    assertEquals("b of 1: 03-01 a, 03-02 b", job().seen());
    assertEquals("a 2026-03-01\nb 2026-03-02 live\n", job().releases());
  }

  @Test
  default void insistsOnAWithdrawnReleaseWhoseFilesWereDeletedOnceItIsStagedAgain()
      throws IOException {
    job().run("a", "2026-03-01");
    job().run("b", "2026-03-02");
    job().rollBack();
    job().storage().delete(job().path("b"));

    RefusedException gone = assertThrows(RefusedException.class, () -> job().publish("b"));
    assertEquals(
        "Cannot publish run b: its files are not complete. Run its night again.",
        gone.getMessage());
    assertThrows(RefusedException.class, () -> job().run("b", "2026-03-02"));
    job().publish("b");
    assertEquals("b of 1: 03-01 a, 03-02 b", job().seen());
  }

  private static List<String> nights(ToyJob job) throws IOException {
    return job.out().head().nights().keySet().stream().map(LocalDate::toString).toList();
  }
}
