package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that an output of the former layout is read and goes on. The folder {@code former-output}
 * was written by the version before: three nights, the last of them rolled back, a staged run that
 * is complete, and a released lock.
 */
class FormerOutputTest {
  @TempDir private Path folder;
  private ToyJob job;

  @BeforeEach
  void copy() throws IOException {
    Path kept = Path.of("src/test/resources/io/karat/publishing/former-output");
    try (var files = Files.walk(kept)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(kept.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(file, copy);
      }
    }
    Files.createSymbolicLink(folder.resolve("current"), Path.of("releases/b"));
    job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
  }

  @Test
  void isReadAsItIs() throws IOException {
    assertEquals("b of 1: 03-01 a, 03-02 b", job.seen());
    assertEquals("a 2026-03-01\nb 2026-03-02 live\nc 2026-03-03 withdrawn\n", job.releases());
    assertTrue(job.out().published().isUnchanged("b", LocalDate.parse("2026-03-02")));
    assertTrue(job.out().published().isUnchanged("a", LocalDate.parse("2026-03-01")));
    assertEquals(List.of(), job.out().status().strangers());
    assertEquals("d", job.out().status().uncommitted().get(0).runId());
  }

  @Test
  void goesOnWithoutMovingAnything() throws IOException {
    String id = job.out().id().orElseThrow();
    job.run("e", "2026-03-04");

    assertEquals("e of 1: 03-01 a, 03-02 b, 03-04 e", job.seen());
    assertEquals("releases/b", job.path("b"));
    assertEquals(id, job.out().id().orElseThrow());
    assertEquals(2, job.out().head().format());
    job.rollBack();
    assertEquals("b of 1: 03-01 a, 03-02 b", job.seen());
    assertEquals("c", job.publish("c").live());
  }

  @Test
  void aStagedRunOfTheFormerVersionCanBePublishedWhereItLies() throws IOException {
    job.publish("d");

    assertEquals("d of 1: 03-01 a, 03-02 b, 03-03 d", job.seen());
    assertEquals("staging/d/5", job.path("d"));
    job.run("e", "2026-03-04");
    assertEquals("e of 1: 03-01 a, 03-02 b, 03-03 d, 03-04 e", job.seen());
    assertEquals("d", job.rollBack().live());
  }

  @Test
  void aRunThatIsMadeAgainLiesBesideTheFormerOne() throws IOException {
    job.storage().delete("releases/b/customer_indicators");
    assertFalse(job.out().published().isUnchanged("b", LocalDate.parse("2026-03-02")));

    job.run("b", "2026-03-02");
    assertEquals("b of 1: 03-01 a, 03-02 b", job.seen());
    assertTrue(job.path("b").matches("releases/b/6-[0-9a-f]{8}"), job.path("b"));
    assertEquals(
        List.of(job.path("b").substring("releases/b/".length())),
        job.storage().folders("releases/b"));
  }

  @Test
  void retentionRemovesFormerReleases() throws IOException {
    ToyJob one = job.keeping(1);
    one.run("e", "2026-03-04");
    one.run("f", "2026-03-05");
    one.run("g", "2026-03-06");

    assertEquals(List.of("f", "g"), one.storage().folders("releases"));
    assertEquals(List.of(), one.storage().folders("staging"));
    assertEquals("g of 1: 03-01 a, 03-02 b, 03-04 e, 03-05 f, 03-06 g", one.seen());
  }
}
