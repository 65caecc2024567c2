package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.UsageException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/**
 * Tests that nights appear whole, in any order, and only once. Letters are runs, digits attempts at
 * them.
 */
interface PublishingContract extends FreshFolder {
  @Test
  default void showsTheLatestNightWithOneRunPerNightOfHistory() throws IOException {
    assertEquals("nothing", job().seen());

    job().run("a", "2026-03-01");
    assertEquals("a of 1: 03-01 a", job().seen());

    job().run("b", "2026-03-02");
    assertEquals("b of 1: 03-01 a, 03-02 b", job().seen());
  }

  @Test
  default void refusesAFolderBelowAFile() throws IOException {
    job().storage().create("file", "not a folder");
    String inside = location() + "/file/out";
    UsageException error =
        assertThrows(
            UsageException.class, () -> OutputFolder.requireWritable(inside, job().hadoop()));

    assertEquals(
        ("Output '%s' cannot be written: '%s/file' is not a folder."
                + " Set output.path to a folder that this user may write to.")
            .formatted(inside, new Path(location()).toUri().getPath()),
        error.getMessage());
    OutputFolder.requireWritable(location() + "/new/out", job().hadoop());
  }

  @Test
  default void replacesTheRunOfANightThatIsPublishedAgain() throws IOException {
    job().run("a", "2026-03-01");
    job().run("b1", "2026-03-02");
    job().run("b2", "2026-03-02");

    assertEquals("b2 of 1: 03-01 a, 03-02 b2", job().seen());
  }

  @Test
  default void keepsAnOlderNightInTheHistoryOnly() throws IOException {
    job().run("b", "2026-03-02");
    job().run("a", "2026-03-01");
    assertEquals("b of 1: 03-02 b", job().seen());

    job().run("c", "2026-03-03");
    assertEquals("c of 1: 03-01 a, 03-02 b, 03-03 c", job().seen());
  }

  @Test
  default void makesAnOlderNightLiveOnRequest() throws IOException {
    job().run("b", "2026-03-02");
    job().run("a", "2026-03-01", true);
    assertEquals("a of 1: 03-01 a", job().seen());

    assertEquals(Commit.Action.MAKE_LIVE, job().publish("b").action());
    assertEquals("b of 1: 03-02 b", job().seen());
  }

  @Test
  default void hasNothingToDoForANightThatIsThere() throws IOException {
    job().run("b", "2026-03-02");
    job().run("a", "2026-03-01");

    assertEquals(2, job().run("b", "2026-03-02").number());
    assertEquals(2, job().run("a", "2026-03-01").number());
    assertFalse(job().out().published().isUnchanged("a2", LocalDate.parse("2026-03-01")));
  }

  @Test
  default void repairsALiveReleaseThatLostFiles() throws IOException {
    job().run("a", "2026-03-01");
    job().storage().delete(job().path("a") + "/customer_indicators");
    assertFalse(job().out().published().isUnchanged("a", LocalDate.parse("2026-03-01")));

    assertEquals(2, job().run("a", "2026-03-01").number());
    assertEquals("a of 1: 03-01 a", job().seen());
  }

  @Test
  default void finishesAStagedRunByHand() throws IOException {
    try (RunLock lock = job().out().lock("run 2026-03-01")) {
      job().stage("a", "2026-03-01", false, lock);
    }
    assertTrue(job().out().status().uncommitted().get(0).complete());
    job().publish("a");
    assertEquals("a of 1: 03-01 a", job().seen());
    assertEquals(List.of(), job().out().status().uncommitted());

    UsageException error = assertThrows(UsageException.class, () -> job().publish("z"));
    assertEquals(
        "Cannot publish run 'z': no release and no staged run has this id. See karat status.",
        error.getMessage());
  }
}
