package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.NullNode;
import io.karat.run.FencedException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Tests that of two runs from the same release only one publishes. Letters are runs, digits
 * attempts at them.
 */
interface FenceContract extends FreshFolder {
  @Test
  default void fencesARunThatAnotherOneOvertook() throws IOException {
    try (RunLock lock = job().out().lock("two runs")) {
      StagedRun a = job().stage("a", "2026-03-01", false, lock);
      StagedRun b = job().stage("b", "2026-03-01", false, lock);
      job().out().commit(a, lock);
      FencedException first =
          assertThrows(FencedException.class, () -> job().out().commit(b, lock));
      assertEquals(
          "Cannot publish run b: release a appeared since this run started from an empty output."
              + " Run again to build on it.",
          first.getMessage());

      StagedRun c = job().stage("c", "2026-03-02", false, lock);
      job().out().commit(job().stage("d", "2026-03-02", false, lock), lock);
      FencedException second =
          assertThrows(FencedException.class, () -> job().out().commit(c, lock));
      assertEquals(
          "Cannot publish run c: release d appeared since this run started from a."
              + " Run again to build on it.",
          second.getMessage());
    }
  }

  @Test
  default void fencesARunThatARollbackOvertook() throws IOException {
    job().run("a", "2026-03-01");
    job().run("b", "2026-03-02");
    try (RunLock lock = job().out().lock("two commands")) {
      StagedRun c = bare("c", lock);
      job().out().rollBack(Optional.empty(), ToyJob.UNCHECKED, lock);
      FencedException back = assertThrows(FencedException.class, () -> job().out().commit(c, lock));
      assertEquals(
          "Cannot publish run c: release b was rolled back since this run started from b."
              + " Run again to build on it.",
          back.getMessage());

      StagedRun d = bare("d", lock);
      job().out().publish("b", ToyJob.UNCHECKED, lock);
      FencedException forth =
          assertThrows(FencedException.class, () -> job().out().commit(d, lock));
      assertEquals(
          "Cannot publish run d: release b was made live since this run started from a."
              + " Run again to build on it.",
          forth.getMessage());
    }
  }

  @Test
  default void letsExactlyOneOfTwoRunsTakeANumber() throws Exception {
    try (RunLock lock = job().out().lock("two runs")) {
      for (int round = 0; round < 20; round++) {
        StagedRun a = bare("a" + round, lock);
        StagedRun b = bare("b" + round, lock);
        List<String> ends = Race.run(List.of(() -> ending(a, lock), () -> ending(b, lock)));
        assertEquals(List.of("fenced", "published"), ends);
        assertEquals(round + 1, job().out().head().number());
      }
    }
  }

  private String ending(StagedRun run, RunLock lock) throws IOException {
    try {
      job().out().commit(run, lock);
      return "published";
    } catch (FencedException lost) {
      return "fenced";
    }
  }

  /** A run without tables, which is quick to stage. */
  private StagedRun bare(String runId, RunLock lock) throws IOException {
    OutputFolder out = job().out();
    return out.stage(runId, LocalDate.parse("2026-03-01"), out.head(), lock)
        .complete(Map.of(), NullNode.getInstance(), false);
  }
}
