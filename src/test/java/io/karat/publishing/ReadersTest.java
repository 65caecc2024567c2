package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that readers by the documented path never fail, and never see two nights at once, while
 * nights go live. The system property {@code karat.flips} makes it longer.
 */
@ExtendWith(LocalSpark.class)
class ReadersTest {
  private static final int FLIPS = Integer.getInteger("karat.flips", 20);
  private static final Pattern FILE = Pattern.compile("\"file\":\"([^\"]*)\"");
  private static final Pattern PATH = Pattern.compile("\"path\" : \"([^\"]*)\"");

  private final SparkSession spark;
  @TempDir private Path folder;

  ReadersTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Readings of one reader: how many, and those that were not one whole night. */
  private record Readings(long all, List<String> wrong) {}

  @FunctionalInterface
  private interface Reader {
    /** The runs that a reading of two tables sees. */
    String read() throws Exception;
  }

  @Test
  void readersNeverFailAndNeverSeeTwoNights() throws Exception {
    ParquetFirm firm = firm();
    List<String> runs = List.of("a", "b");
    firm.publish("a", "2026-03-01");
    firm.publish("b", "2026-03-02");
    AtomicBoolean flipping = new AtomicBoolean(true);
    ExecutorService readers = Executors.newFixedThreadPool(3);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      List<Future<Readings>> all =
          List.of(
              readers.submit(reading(() -> byDuck(statement), runs, flipping)),
              readers.submit(reading(this::bySpark, runs, flipping)),
              readers.submit(reading(this::byScript, runs, flipping)));
      for (int flip = 0; flip < FLIPS; flip++) {
        flip(runs.get(flip % 2));
      }
      flipping.set(false);
      long readings = 0;
      for (Future<Readings> reader : all) {
        assertEquals(List.of(), reader.get().wrong());
        assertTrue(reader.get().all() > 0);
        readings += reader.get().all();
      }
      System.out.println("%d flips, %d readings, 0 failures".formatted(FLIPS, readings));
    } finally {
      readers.shutdownNow();
    }
  }

  /** As the documentation shows it; the same on every file system. */
  @Test
  void theHistoryIsReadByItsList() throws Exception {
    firm().publish("a", "2026-03-01");
    firm().publish("b", "2026-03-02");

    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SET VARIABLE release = (SELECT 'OUT/' || path FROM read_json('OUT/current.json'));
                SET VARIABLE history = (
                  SELECT list('OUT/' || file)
                  FROM read_json(getvariable('release') || '/customer_value_history.json')
                  WHERE as_of_date >= '2026-03-02');
                SELECT string_agg(DISTINCT run_id, ' ') || ' ' || count(*)
                FROM read_parquet(getvariable('history'), union_by_name = true)
                """
                    .replace("OUT", folder.toString()))) {
      rows.next();
      assertEquals("b 500", rows.getString(1));
    }

    List<String> files =
        spark
            .read()
            .json(folder.resolve(release()) + "/customer_value_history.json")
            .select("file")
            .as(Encoders.STRING())
            .collectAsList();
    assertEquals(
        1_000,
        spark
            .read()
            .option("mergeSchema", true)
            .parquet(files.stream().map(file -> folder + "/" + file).toArray(String[]::new))
            .count());
  }

  private ParquetFirm firm() {
    return new ParquetFirm(spark, folder);
  }

  private static Callable<Readings> reading(
      Reader reader, List<String> runs, AtomicBoolean flipping) {
    return () -> {
      long all = 0;
      List<String> wrong = new ArrayList<>();
      while (flipping.get()) {
        String seen = reader.read();
        if (!runs.contains(seen)) {
          wrong.add(seen);
        }
        all++;
      }
      return new Readings(all, wrong);
    };
  }

  private void flip(String run) throws IOException {
    OutputFolder output = firm().out();
    try (RunLock lock = output.lock("publish " + run)) {
      output.publish(run, (release, refusal) -> {}, lock);
      output.retain(lock);
    }
  }

  private String byDuck(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            """
            SET VARIABLE release = (SELECT 'OUT/' || path FROM read_json('OUT/current.json'));
            SELECT string_agg(DISTINCT run_id, ' ') FROM (
              SELECT run_id FROM read_parquet(getvariable('release') || '/customer_indicators/*.parquet')
              UNION ALL
              SELECT run FROM read_parquet(getvariable('release') || '/runs/*.parquet'))
            """
                .replace("OUT", folder.toString()))) {
      rows.next();
      return rows.getString(1);
    }
  }

  private String bySpark() throws IOException {
    String release = folder.resolve(release()).toString();
    return spark
        .read()
        .parquet(release + "/customer_indicators")
        .select("run_id")
        .union(spark.read().parquet(release + "/runs").select("run"))
        .selectExpr("concat_ws(' ', array_sort(collect_set(run_id))) runs")
        .first()
        .getString(0);
  }

  /**
   * Reads like a script: lists the files of two tables and of the history, and opens them later.
   */
  private String byScript() throws IOException {
    Path release = folder.resolve(release());
    for (String table : List.of("customer_indicators", "runs")) {
      List<Path> listed;
      try (var files = Files.list(release.resolve(table))) {
        listed = files.filter(file -> file.toString().endsWith(".parquet")).toList();
      }
      for (Path file : listed) {
        if (Files.readAllBytes(file).length == 0) {
          return "an empty file";
        }
      }
    }
    Matcher listed = FILE.matcher(Files.readString(release.resolve("customer_value_history.json")));
    while (listed.find()) {
      if (Files.readAllBytes(folder.resolve(listed.group(1))).length == 0) {
        return "an empty file";
      }
    }
    return release.resolveSibling("").getFileName().toString();
  }

  private String release() throws IOException {
    var found = PATH.matcher(Files.readString(folder.resolve("current.json")));
    return found.find() ? found.group(1) : "nothing";
  }
}
