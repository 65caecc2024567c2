package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.ReleaseAudit;
import io.karat.publishing.RunLock;
import io.karat.report.RunRecord;
import io.karat.run.SessionSettings;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import io.karat.testing.LocalSpark;
import io.karat.testing.OutputFolders;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test that an output folder of version 0.1.0 goes on. {@code version-0.1.0.zip} has two nights
 * that its first edition published, of 24 customers, with its configuration and input; only the
 * pages of the reports are blank.
 */
@ExtendWith(LocalSpark.class)
class FirstVersionTest {
  private static final String FIRST = "96eadd7b6a8268b0";
  private static final String SECOND = "65cf6fb7b50eef2a";

  private final SparkSession spark;
  @TempDir private Path folder;

  FirstVersionTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void isReadContinuedVerifiedAndRolledBack() throws IOException {
    unpack();
    assertEquals(List.of(FIRST, SECOND), runs());
    assertEquals(List.of(), damage());

    NightResult third = night("2026-03-31");

    assertTrue(third.isLive());
    assertEquals(List.of(FIRST, SECOND, third.run().id()), runs());
    assertEquals(List.of(), damage());
    assertEquals(
        List.of("2026-01-29 24", "2026-02-28 24", "2026-03-31 24"),
        rows(
            "SELECT concat_ws(' ', as_of_date, count(*)) FROM %s GROUP BY as_of_date ORDER BY 1",
            "customer_value_history"));
    // Whoever moved between classes since the night of the first version is compared with it.
    assertEquals(
        List.of("24"),
        rows(
            "SELECT string(sum(customer_count)) FROM %s"
                + " WHERE model = 'customer_class' AND period_days = 1",
            "transitions"));

    OutputFolder output = output();
    try (RunLock lock = output.lock("rollback")) {
      output.rollBack(Optional.empty(), new ReleaseAudit(spark, output), lock);
    }
    assertEquals(SECOND, output().head().live());
    assertEquals(List.of("24"), rows("SELECT string(count(*)) FROM %s", "customer_value"));
  }

  private void unpack() throws IOException {
    try (InputStream resource = getClass().getResourceAsStream("version-0.1.0.zip");
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, zip.readAllBytes());
      }
    }
  }

  private NightResult night(String asOf) throws IOException {
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read(
                folder.resolve("karat.yaml"),
                Map.of(),
                List.of(
                    "output.path=" + folder.resolve("out"),
                    "inputs.transactions.path=" + folder.resolve("transactions")),
                problems),
            problems);
    problems.throwIfAny();
    SparkSession session = spark.newSession();
    SessionSettings.of(plan.settings().timeZone()).forEach(session.conf()::set);
    return new NightJob(
            session,
            plan,
            SilentProgress.INSTANCE,
            new RunRecord("run", ToyFirm.NOON),
            () -> ToyFirm.NOON)
        .run(LocalDate.parse(asOf), false);
  }

  private OutputFolder output() throws IOException {
    return OutputFolders.open(folder.resolve("out"), new Configuration(), () -> ToyFirm.NOON);
  }

  private List<String> runs() throws IOException {
    return output().head().releases().stream().map(Release::runId).toList();
  }

  /** What is not as it was published. */
  private List<String> damage() throws IOException {
    ReleaseAudit audit = new ReleaseAudit(spark, output());
    return output().head().releases().stream()
        .flatMap(release -> findings(audit, release).stream())
        .flatMap(it -> it.damage().map(damage -> it.table() + " " + damage).stream())
        .toList();
  }

  private static List<ReleaseAudit.Finding> findings(ReleaseAudit audit, Release release) {
    try {
      return audit.of(release);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The first column of a query over a table as readers of the live release see it. */
  private List<String> rows(String query, String table) {
    String files = folder.resolve("out/current").resolve(table).toString();
    return spark.sql(query.formatted("parquet.`%s`".formatted(files))).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
