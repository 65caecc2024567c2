package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karat.night.ToyFirm;
import io.karat.publishing.Publishers;
import io.karat.run.ExitCode;
import io.karat.run.Failpoint;
import io.karat.run.KaratException;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of nights whose disk is full, or becomes read-only; a real one where root may mount it. */
@ExtendWith(LocalSpark.class)
class FullDiskTest {
  private static final int KIB = 1024;
  private static final String SECOND = "2026-03-02";

  private final SparkSession spark;
  @TempDir private Path folder;
  private volatile Thread nightThread = Thread.currentThread();

  FullDiskTest(SparkSession spark) {
    this.spark = spark;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          No space left on device                           | A disk is full: there is no space left to write
          Disk quota exceeded                               | A quota is used up: nothing more can be written
          The DiskSpace quota of /out is exceeded: quota=10 | A quota is used up: nothing more can be written
          File /a could only be written to 0 of the 1 nodes | A disk is full: there is no space left to write
          Read-only file system                             | A file system became read-only: nothing can be written
          Cannot create /a. Name node is in safe mode.      | A file system became read-only: nothing can be written
          """)
  void whatSystemsSayIsExplained(String said, String expected) {
    KaratException plain = explained(new IllegalStateException(new IOException(said)));
    assertEquals(ExitCode.USAGE, plain.exitCode());
    assertTrue(message(plain).startsWith(expected + ". Expected "), plain.getMessage());
    assertTrue(message(plain).endsWith(", then run again."), plain.getMessage());

    KaratException named = explained(new FileSystemException("/out/a", null, said));
    assertTrue(message(named).startsWith(expected + " '/out/a'. "), named.getMessage());

    // An executor may send no more than the words.
    KaratException remote = explained(new SparkException("Job aborted: " + said, null));
    assertTrue(message(remote).startsWith(expected + ". "), remote.getMessage());
  }

  private static KaratException explained(Throwable failure) {
    return Failures.explain(failure).orElseThrow();
  }

  private static String message(KaratException failure) {
    return String.valueOf(failure.getMessage());
  }

  /** The night is tried with little room, with more, and on a disk that becomes read-only. */
  @Test
  void aNightThatCannotWriteLeavesTheNightBeforeLiveAndNothingElse() throws Exception {
    ToyFirm firm = mounted();
    assertEquals("03-01 live", firm.nights());
    Map<String, String> before = files(firm);
    long used = kib(firm);
    for (int more : List.of(8, 120)) {
      mount("remount,size=" + (used + more) + "k");
      requireRefused(firm, "A disk is full: there is no space left to write", before);
    }
    mount("remount,size=64m");
    System.setProperty(Failpoint.PROPERTY, "AFTER_INDICATORS:sleep=4000");
    Thread remounting = new Thread(this::makeReadOnly);
    nightThread = Thread.currentThread();
    remounting.start();
    KaratException end = end(firm);
    remounting.join();
    mount("remount,rw");
    System.clearProperty(Failpoint.PROPERTY);

    assertTrue(
        message(end).startsWith("A file system became read-only: nothing can be written"),
        end.getMessage());
    assertTrue(firm.run(SECOND, none()).isNew());
    assertEquals("03-01, 03-02 live", firm.nights());
  }

  private static void requireRefused(ToyFirm firm, String said, Map<String, String> before)
      throws IOException {
    KaratException end = end(firm);
    assertEquals(ExitCode.USAGE, end.exitCode());
    assertTrue(message(end).startsWith(said), end.getMessage());
    assertEquals("03-01 live", firm.nights());
    assertEquals(before, files(firm));
  }

  private static KaratException end(ToyFirm firm) {
    return explained(assertThrows(Throwable.class, () -> firm.run(SECOND, none())));
  }

  /** Waits until the night is between two of its stages. */
  private void makeReadOnly() {
    try {
      while (!isAtFailpoint(nightThread)) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      mount("remount,ro");
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static boolean isAtFailpoint(Thread night) {
    return Stream.of(night.getStackTrace()).anyMatch(it -> it.toString().contains("Failpoint"));
  }

  @AfterEach
  void unmount() throws Exception {
    System.clearProperty(Failpoint.PROPERTY);
    if (Files.exists(output())) {
      run("umount", output().toString());
    }
  }

  private static Publishers none() {
    return new Publishers(List.of());
  }

  /** A firm whose first night is published to a disk in memory; skips where none can be mounted. */
  private ToyFirm mounted() throws Exception {
    Files.createDirectory(output());
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", output().toString()),
        "Nobody may mount a disk here: the tests of full disks need root.");
    ToyFirm firm =
        ToyFirm.at(spark, folder)
            .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE")
            .deliver(SECOND, "s2 | bob | 2026-03-02 09:00:00 | 20.00 | SALE");
    firm.run("2026-03-01", none());
    return firm;
  }

  private Path output() {
    return folder.resolve("output");
  }

  private void mount(String options) throws Exception {
    assertTrue(run("mount", "-o", options, output().toString()), options);
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** Every file that a commit or a run made, with its size. */
  private static Map<String, String> files(ToyFirm firm) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(firm.output())) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = firm.output().relativize(path).toString();
        if (!name.startsWith("lock/")) {
          files.put(name, Long.toString(Files.size(path)));
        }
      }
    }
    return files;
  }

  private static long kib(ToyFirm firm) throws IOException {
    var disk = Files.getFileStore(firm.output());
    return (disk.getTotalSpace() - disk.getUnallocatedSpace()) / KIB;
  }
}
