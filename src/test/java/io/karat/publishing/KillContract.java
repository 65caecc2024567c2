package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.Failpoint;
import java.io.IOException;
import java.util.List;

/** Tests that a killed process loses nothing. */
interface KillContract extends FreshFolder {
  default void killAndRunAgain(PublishingStep step) throws IOException, InterruptedException {
    job().run("a", "2026-03-01");
    Process killed = ToyProcess.start(step + ":halt", location(), "run");
    assertEquals(Failpoint.HALTED, killed.waitFor());

    List<String> whole = List.of("a of 1: 03-01 a", "b of 1: 03-01 a, 03-02 b");
    assertTrue(whole.contains(job().seen()), job().seen());
    job().run("b", "2026-03-02");
    job().assertFinished();
  }
}
