package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.Failpoint;
import java.io.File;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.StorageStatistics;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the same contracts on a real HDFS: a name node and a data node in this process. */
@Tag("long")
class HdfsOutputFolderTest
    implements PublishingContract,
        RollbackContract,
        FenceContract,
        LockContract,
        RetentionContract,
        ModelContract,
        AcceptContract,
        KillContract,
        ZombieContract,
        StrangersContract,
        BoundedContract {
  private static final AtomicInteger FOLDERS = new AtomicInteger();
  private static final int NIGHTS = Integer.getInteger("karat.nights", 6);
  private static MiniDFSCluster cluster;
  private String location = "";
  private ToyJob job;

  @BeforeAll
  static void start() throws IOException {
    Configuration hadoop = new Configuration();
    cluster = new MiniDFSCluster.Builder(hadoop, new File("target/hdfs")).numDataNodes(1).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown(true);
  }

  @BeforeEach
  void open() throws IOException {
    location = "%s/out-%d".formatted(cluster.getURI(), FOLDERS.incrementAndGet());
    job = ToyJob.at(location, () -> ToyJob.NOON);
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public ToyJob job() {
    return job;
  }

  @ParameterizedTest
  @EnumSource(PublishingStep.class)
  void finishesAfterAFailureAnywhere(PublishingStep step) throws IOException {
    job.run("a", "2026-03-01");
    System.setProperty(Failpoint.PROPERTY, step.name());
    try {
      assertThrows(IllegalStateException.class, () -> job.run("b", "2026-03-02"));
    } finally {
      System.clearProperty(Failpoint.PROPERTY);
    }
    assertTrue(
        List.of("a of 1: 03-01 a", "b of 1: 03-01 a, 03-02 b").contains(job.seen()), job.seen());

    job.run("b", "2026-03-02");
    job.assertFinished();
  }

  @ParameterizedTest
  @EnumSource(
      value = PublishingStep.class,
      names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void losesNothingWhenKilledAroundTheCommit(PublishingStep step) throws Exception {
    killAndRunAgain(step);
  }

  /**
   * Nights with a history of a megabyte each: what a night reads and writes does not grow by one of
   * them. The system property {@code karat.nights} makes it longer, and prints what nights move.
   */
  @Test
  void aNightMovesItsOwnHistoryOnly() throws IOException {
    ToyJob firm = job.withHistoryOf(1_000_000);
    long third = 0;
    for (int night = 0; night < NIGHTS; night++) {
      long before = moved();
      firm.run("n%04d".formatted(night), LocalDate.of(2026, 1, 1).plusDays(night).toString());
      long moved = moved() - before;
      third = night == 2 ? moved : third;
      if (NIGHTS != 6 && night % 10 == 9) {
        System.out.printf("Night %d: %,d bytes%n", night + 1, moved);
      }
      if (night > 2) {
        assertTrue(moved < third + 1_000_000, "from %d to %d bytes".formatted(third, moved));
      }
    }
    String last = job.path("n%04d".formatted(NIGHTS - 1));
    assertEquals(List.of("customer_indicators"), job.storage().folders(last));
  }

  /** The bytes that this process has read from HDFS and written to it. */
  private static long moved() {
    StorageStatistics hdfs = FileSystem.getGlobalStorageStatistics().get("hdfs");
    return hdfs.getLong("bytesRead") + hdfs.getLong("bytesWritten");
  }

  @Test
  void hasNoLinkSoThatReadersUseCurrentJson() throws IOException {
    job.run("a", "2026-03-01");

    assertEquals(List.of("current.json"), job.storage().names(""));
    assertEquals(
        List.of("commits", "history", "lock", "models", "releases"), job.storage().folders(""));
  }
}
