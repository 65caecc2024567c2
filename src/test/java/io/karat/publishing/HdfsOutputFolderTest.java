package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.Failpoint;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
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

  @Test
  void hasNoLinkSoThatReadersUseCurrentJson() throws IOException {
    job.run("a", "2026-03-01");

    assertEquals(List.of("current.json"), job.storage().names(""));
    assertEquals(
        List.of("commits", "history", "lock", "models", "releases"), job.storage().folders(""));
  }
}
