package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import io.karat.run.LockedException;
import io.karat.testing.OutputFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class UnlockCommandTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir private Path folder;
  private final Transcript transcript = new Transcript(false);

  @Test
  void removesTheLockOfAProcessThatHasEnded() throws Exception {
    OutputFolder output = OutputFolders.open(folder, new Configuration(), () -> NOON);
    try (RunLock killed = output.lock("the night of 2026-03-01")) {
      StatusCommand.show(output.status(), "out", transcript.console());
      endProcess();
      String holder = output.status().lock().orElseThrow().lease().words();
      StatusCommand.show(output.status(), "out", transcript.console());
      UnlockCommand.unlock(output, transcript.console());
      UnlockCommand.unlock(output, transcript.console());

      assertEquals(false, killed.stillHeld());
      assertEquals(
          """
          Nothing is published in 'out' yet.
          Locked by ALIVE, heartbeat 2026-03-02T12:00:00Z.
          Nothing is published in 'out' yet.
          Stale lock of HOLDER: that process has ended.
          Removed the lock of HOLDER.
          No lock is held.
          """
              .replace("HOLDER", holder)
              .replace(
                  "ALIVE", holder.replaceAll("pid \\d+", "pid " + ProcessHandle.current().pid())),
          transcript.results());
    }
  }

  /** The command looks for up to a minute; the test does not wait for it. */
  @Test
  @Timeout(30)
  void whoWaitsIsToldForWhom() throws Exception {
    OutputFolder output = OutputFolders.open(folder, new Configuration(), () -> NOON);
    try (RunLock held = output.lock("the night of 2026-03-01")) {
      String wait =
          "Output 'file:%s' is locked by %s. Looking until 2026-03-02T12:01:00Z at the latest whether that command is alive.\n"
              .formatted(folder, output.status().lock().orElseThrow().lease().words());
      Thread waiting =
          new Thread(
              () ->
                  assertThrows(
                      LockedException.class,
                      () -> UnlockCommand.unlock(output, transcript.console())));
      waiting.start();
      while (transcript.remarks().length() < wait.length()) {
        Thread.sleep(10);
      }
      waiting.interrupt();
      waiting.join();
      assertEquals(wait, transcript.remarks());
      assertTrue(held.stillHeld());
    }
  }

  /** Lets the lease name a process that is not there any more. */
  private void endProcess() throws IOException, InterruptedException {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Path lease = folder.resolve("lock/1.json");
    Files.writeString(
        lease, Files.readString(lease).replaceAll("\"pid\" : \\d+", "\"pid\" : " + ended.pid()));
  }
}
