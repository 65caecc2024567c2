package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlockCommandTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir private Path folder;
  private final Transcript transcript = new Transcript(false);

  @Test
  void removesALockWithoutAHeartbeatForAMinute() throws IOException {
    try (RunLock stalled = output(NOON).lock("the night of 2026-03-01")) {
      OutputFolder later = output(NOON.plusSeconds(61));
      String holder = later.status().lock().orElseThrow().lease().words();
      StatusCommand.show(later.status(), "out", transcript.console());
      UnlockCommand.unlock(later, transcript.console());
      UnlockCommand.unlock(later, transcript.console());

      assertEquals(false, stalled.stillHeld());
      assertEquals(
          """
          Nothing is published in 'out' yet.
          Stale lock of HOLDER.
          Removed the stale lock of HOLDER.
          No lock is held.
          """
              .replace("HOLDER", holder),
          transcript.results());
    }
  }

  private OutputFolder output(Instant now) throws IOException {
    return OutputFolder.open(folder.toString(), new Configuration(), () -> now);
  }
}
