package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.UsageException;
import io.karat.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of contracts of publishing on a real server that speaks S3. */
@Tag("long")
@Tag("s3")
class S3OutputFolderTest implements FenceContract, KillContract {
  private static final AtomicInteger FOLDERS = new AtomicInteger();

  @TempDir private static Path folder;
  private static S3Server server;
  private String location = "";
  private ToyJob job;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(folder);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    server.stop();
  }

  @BeforeEach
  void open() throws IOException {
    location = "s3a://%s/out-%d".formatted(S3Server.BUCKET, FOLDERS.incrementAndGet());
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
  @EnumSource(
      value = PublishingStep.class,
      names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void losesNothingWhenKilledAroundTheCommit(PublishingStep step) throws Exception {
    killAndRunAgain(step);
  }

  @Test
  void oneOfEightWritersTakesAName() throws Exception {
    for (int round = 0; round < 10; round++) {
      String file = "commits/%d.json".formatted(round);
      Callable<String> writer = () -> "" + job.storage().create(file, "same text");

      assertEquals(
          List.of("false", "false", "false", "false", "false", "false", "false", "true"),
          Race.run(Collections.nCopies(8, writer)));
    }
  }

  @Test
  void anObjectThatSomebodyPutThereIsNotReplaced() throws IOException {
    job.storage().replace("commits/1.json", "theirs");

    assertFalse(job.storage().create("commits/1.json", "ours"));
    assertEquals(Optional.of("theirs"), job.storage().read("commits/1.json"));
  }

  @Test
  void aReleaseListsTheHistoryAndHasNoCopy() throws IOException {
    job.run("a", "2026-03-01");
    job.run("b", "2026-03-02");

    assertEquals("b of 1: 03-01 a, 03-02 b", job.seen());
    assertEquals(List.of("customer_indicators"), job.storage().folders(job.path("b")));
  }

  @Test
  void aListingHasManyPages() throws IOException {
    for (int file = 100; file < 220; file++) {
      job.storage().replace("state/day=%d/part.parquet".formatted(file), "rows");
    }

    int before = server.listings();
    assertEquals(120, job.storage().files("state").size());
    assertEquals(4, server.listings() - before, "one to see that it is there, and three pages");
    assertEquals(120, job.storage().folders("state").size());
    assertEquals(Map.entry("day=100/part.parquet", 4L), firstOf(job.storage().files("state")));
    job.storage().delete("state");
    assertEquals(Map.of(), job.storage().files("state"));
  }

  @Test
  void aStoreThatIgnoresConditionsIsRefused() {
    server.ignoreConditions(true);
    try {
      UsageException refused = assertThrows(UsageException.class, () -> job.run("a", "2026-03-01"));

      assertEquals(
          ("Output '%s' is on a store that replaces an object on which a condition forbids it:"
                  + " expected a store that refuses (If-None-Match), as that decides between two"
                  + " runs. Take another store or a newer release of it.")
              .formatted(location),
          refused.getMessage());
    } finally {
      server.ignoreConditions(false);
    }
  }

  @Test
  void aConnectorWithoutConditionsIsRefused() throws IOException {
    Configuration hadoop = S3Server.reachedBy(new Configuration());
    hadoop.set("fs.s3a.create.conditional.enabled", "false");
    hadoop.set("fs.s3a.impl.disable.cache", "true");
    Storage storage = Storage.of(location, hadoop);

    UsageException refused =
        assertThrows(UsageException.class, () -> storage.create("commits/1.json", "first"));
    assertEquals(
        ("Output '%s' is on a store without conditional uploads: expected them, as they decide"
                + " between two runs. Remove fs.s3a.create.conditional.enabled, or take hadoop-aws"
                + " 3.4.2 or newer.")
            .formatted(location),
        refused.getMessage());
  }

  private static Map.Entry<String, Long> firstOf(Map<String, Long> sizes) {
    assertTrue(!sizes.isEmpty());
    return sizes.entrySet().iterator().next();
  }
}
