package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a backup by any copying tool, taken while nights run, restores to a whole night. */
class BackupTest {
  @TempDir private Path folder;

  @Test
  void aBackupThatIsTakenWhileNightsRunIsWhole() throws Exception {
    ToyJob job = ToyJob.at(folder.resolve("out").toString(), () -> ToyJob.NOON);
    job.run("n0", "2026-01-01");
    AtomicBoolean running = new AtomicBoolean(true);
    CompletableFuture<Void> nights = CompletableFuture.runAsync(() -> run(job, running));
    for (int i = 0; i < 3; i++) {
      Path backup = folder.resolve("backup" + i);
      for (String part : List.of("commits", "models", "history", "releases")) {
        copy(folder.resolve("out").resolve(part), backup.resolve(part));
      }

      ToyJob restored = ToyJob.at(backup.toString(), () -> ToyJob.NOON);
      restored.out().lock("any command").close();
      Commit head = restored.out().head();
      assertTrue(restored.seen().startsWith(head.live() + " of 1: "), restored.seen());
      assertTrue(restored.out().published().isUnchanged(head.live(), head.liveAsOf()));
      assertEquals(head.nights().size(), restored.seen().split(":", 2)[1].split(",", -1).length);
      restored.run("next", "2027-01-01");
      assertTrue(restored.seen().startsWith("next of 1: "), restored.seen());
    }
    running.set(false);
    nights.get();
  }

  private static void run(ToyJob job, AtomicBoolean running) {
    try {
      for (int night = 1; running.get(); night++) {
        job.run("n" + night, LocalDate.of(2026, 1, 1).plusDays(night).toString());
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Copies like a tool that knows nothing of what it copies; files may vanish meanwhile. */
  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException vanished) {
      copy(from, to);
      return;
    }
    for (Path file : files) {
      Path copied = to.resolve(from.relativize(file).toString());
      Files.createDirectories(copied.resolveSibling(""));
      try {
        Files.copy(file, copied);
      } catch (NoSuchFileException | FileAlreadyExistsException deleted) {
        // Retention was faster, or the file was copied before the listing began again.
      }
    }
  }
}
