package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karat.run.Umask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the view of readers on this machine's disk while runs publish. */
class LocalReadersTest {
  @TempDir private Path folder;

  @Test
  void aReaderOfTheLinkAlwaysFindsAWholeRelease() throws Exception {
    ToyJob job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
    job.run("n0", "2026-03-01");
    AtomicBoolean publishing = new AtomicBoolean(true);
    CompletableFuture<Long> reader =
        CompletableFuture.supplyAsync(
            () -> {
              long misread = 0;
              while (publishing.get()) {
                misread += readsWholeRelease(job) ? 0 : 1;
              }
              return misread;
            });
    for (int night = 1; night < 10; night++) {
      job.run("n" + night, LocalDate.of(2026, 3, 1).plusDays(night).toString());
    }
    publishing.set(false);

    assertEquals(0, reader.get());
    assertEquals(Path.of(job.path("n9")), Files.readSymbolicLink(folder.resolve("current")));
  }

  private boolean readsWholeRelease(ToyJob job) {
    try {
      Path release = folder.resolve("current").toRealPath();
      Path run = release.resolveSibling("").getFileName();
      return job.read(folder.toRealPath().relativize(release).toString())
          .startsWith(run + " of 1: 03-01 n0");
    } catch (IOException unreadable) {
      return false;
    }
  }

  @Test
  void writesControlFilesWithoutChecksumsOrLeftovers() throws IOException {
    ToyJob job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
    job.run("a", "2026-03-01");

    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(
          List.of(
              "commits/1.json",
              "current.json",
              "lock/1.json",
              "models/cuts/5b4b1fb51004.json",
              job.path("a") + "/customer_value_history.json",
              job.path("a") + "/run.json",
              job.path("a") + "/run_report.json"),
          files
              .map(file -> folder.relativize(file).toString())
              .filter(file -> file.contains(".json"))
              .sorted()
              .toList());
    }
  }

  /** As on a file system without hard links. */
  @Test
  void letsExactlyOneOfManyWritersTakeANameWithoutLinks() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path target = folder.resolve(round + ".json");
      List<Callable<String>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        Path finished = Files.writeString(folder.resolve(round + "." + writer), "" + writer);
        writers.add(() -> "" + LocalStorage.createWithoutLink(target, finished));
      }
      assertEquals(List.of("false", "false", "false", "true"), Race.run(writers));
      assertTrue(Files.readString(target).matches("[0-3]"));
    }
  }

  @Test
  void writesFilesThatOthersCannotRead() throws IOException {
    Storage storage = new LocalStorage(folder.resolve("out"), new Umask("027"));
    storage.create("commits/1.json", "{}");
    storage.replace("current.json", "{}");

    for (String folder : List.of("", "commits")) {
      assertEquals("rwxr-x---", permissions("out/" + folder));
    }
    for (String file : List.of("commits/1.json", "current.json")) {
      assertEquals("rw-r-----", permissions("out/" + file));
    }
  }

  @Test
  void theFilesOfTheHistoryHaveSecondNamesInTheFolderOfTheTable() throws IOException {
    ToyJob job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
    job.run("a", "2026-03-01");
    job.run("b", "2026-03-02");
    Path table = folder.resolve("current/customer_value_history");

    assertEquals(
        List.of("2026-03-01-part-0-a.parquet", "2026-03-02-part-0-b.parquet"),
        job.storage().names(job.path("b") + "/customer_value_history"));
    for (HistoryList.Entry night : new HistoryList(job.storage(), job.path("b")).entries()) {
      String name = "%s-part-0-%s.parquet".formatted(night.asOf(), night.runId());
      assertTrue(Files.isSameFile(table.resolve(name), folder.resolve(night.file())));
    }
  }

  /** As where a disk of its own is mounted for the history. */
  @Test
  void theHistoryMayLieOnAnotherDiskAndIsNotCopied() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)),
        "there is only one disk");
    Path other = Files.createTempDirectory(memory, "karat");
    try {
      Files.createSymbolicLink(folder.resolve("history"), other);
      ToyJob job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
      job.run("a", "2026-03-01");
      job.run("b", "2026-03-02");

      assertEquals("b of 1: 03-01 a, 03-02 b", job.seen());
      assertEquals(List.of("customer_indicators"), job.storage().folders(job.path("b")));
      assertTrue(job.out().published().isUnchanged("b", LocalDate.parse("2026-03-02")));
    } finally {
      FileTree.delete(other);
    }
  }

  private String permissions(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
  }

  @Test
  void letsExactlyOneOfTwoProcessesTakeEachNumber() throws Exception {
    Process ann = ToyProcess.start("", folder.toString(), "race", "ann", "40");
    Process bob = ToyProcess.start("", folder.toString(), "race", "bob", "40");
    BufferedReader annSays = ToyProcess.output(ann);
    BufferedReader bobSays = ToyProcess.output(bob);
    assertEquals("ready", annSays.readLine());
    assertEquals("ready", bobSays.readLine());
    for (Process process : List.of(ann, bob)) {
      OutputStream go = process.getOutputStream();
      go.write('g');
      go.flush();
    }

    long annWon = Long.parseLong(annSays.readLine());
    long bobWon = Long.parseLong(bobSays.readLine());
    Commits commits = ToyJob.commits(folder.toString());
    assertEquals(40, annWon + bobWon);
    assertEquals(40, commits.head().number());
    long annCommitted = 0;
    for (int number = 1; number <= 40; number++) {
      annCommitted += commits.numbered(number).runId().equals("ann") ? 1 : 0;
    }
    assertEquals(annWon, annCommitted);
  }
}
