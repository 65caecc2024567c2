package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.karat.night.ToyFirm;
import io.karat.publishing.RunLock;
import io.karat.run.ExitCode;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the end of a night on the command line: text, exit code and report. */
@ExtendWith(LocalSpark.class)
class NightEndsTest {
  private final SparkSession spark;
  private final Transcript transcript = new Transcript(false);
  @TempDir Path folder;
  private ToyFirm firm;

  NightEndsTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void deliver() {
    firm =
        ToyFirm.at(spark, folder)
            .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE");
  }

  @Test
  void aPublishedNightShowsItsTables() throws IOException {
    assertEquals(ExitCode.PUBLISHED, type("2026-03-01"));

    JsonNode report = report();
    String run = report.path("run_id").asText();
    assertEquals(
        """
        Night 2026-03-01 is live: run RUN.
        1. Net sales (all time) are 10. There is no earlier night to compare with.
        Customers  1
        Checks     10 passed, no warnings
        Models     cuts CUTS (first run)
        Tables     OUT/PATH/<table>/*.parquet
        """
            .replace("RUN", run)
            .replace("PATH", firm.out().current().orElseThrow().path())
            .replace("CUTS", report.path("models").path("cuts").path("id").asText())
            .replace("OUT", "" + firm.output()),
        transcript.results());
    assertTrue(
        transcript
            .remarks()
            .contains("Map transactions.cost to get 2 more indicators (profit, gross_margin).\n"),
        transcript.remarks());
    assertEquals("published 0", report.path("status").asText() + " " + report.path("exit_code"));
    JsonNode stages = report.path("stages");
    assertEquals("commit", stages.path(stages.size() - 1).path("name").asText());
    assertEquals(1, report.path("inputs").path("transactions").path("rows_used").asInt());
    assertEquals(1, report.path("figures").path("customers").asInt());
    assertTrue(
        metrics()
            .contains("karat_input_rows{name=\"toy\",input=\"transactions\",outcome=\"used\"} 1\n"),
        this::metrics);
  }

  /** One post for the night, none for its repeat, and none for a past night but the last. */
  @Test
  void theFindingsOfANewNightArePostedOnce() throws IOException {
    List<String> posted = Collections.synchronizedList(new ArrayList<>());
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext("/secret", exchange -> take(exchange, posted));
    server.start();
    String webhook = "notify=http://localhost:%d/secret".formatted(server.getAddress().getPort());
    try {
      type("2026-03-01", "--set", webhook);
      type("2026-03-01", "--set", webhook);
      type("2026-03-02", "--set", webhook, "--backfill");
      type("2026-03-03", "--set", webhook, "--backfill", "--last");
    } finally {
      server.stop(0);
    }

    assertEquals(
        List.of(
            "toy, night of 2026-03-01\n1. Net sales (all time) are 10. There is no earlier night to compare with.",
            "toy, night of 2026-03-03\n1. Net sales (all time) are 10. As it is on 2026-03-03; not compared with an earlier night.\nChecks that warned: freshness."),
        posted);

    assertEquals(ExitCode.PUBLISHED, type("2026-03-04", "--set", webhook));
    String message =
        "The findings of night 2026-03-04 were not sent: the webhook cannot be reached"
            + " (ConnectException). The night is published; check notify.webhook.";
    assertTrue(transcript.remarks().contains("Warning: " + message), transcript.remarks());
    assertTrue(
        report()
            .path("message")
            .asText()
            .endsWith(": run %s. %s".formatted(report().path("run_id").asText(), message)));
    assertFalse(transcript.remarks().contains("/secret"), transcript.remarks());
  }

  private static void take(HttpExchange exchange, List<String> posted) throws IOException {
    String text =
        new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes()).path("text").asText();
    posted.add(text.replace('\u00a0', ' '));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Test
  void aCorruptFileIsNamed() throws IOException {
    type("2026-03-01");
    Path live = firm.output().resolve("current.json");
    String before = Files.readString(live);
    Path file =
        Files.writeString(
            Files.createDirectories(firm.input().resolve("day=2026-03-02")).resolve("bad.parquet"),
            "customer,amount");
    String message =
        "File '%s' cannot be read: it is not a Parquet file. Deliver it again, or move it away."
            .formatted(file);

    assertEquals(ExitCode.INPUT, type("2026-03-02"));

    assertTrue(transcript.remarks().endsWith(message + "\n"), transcript.remarks());
    assertEquals(before, Files.readString(live));
    assertReport("failed", 3, message);
    assertTrue(metrics().contains("karat_last_run_exit_code{name=\"toy\"} 3\n"));
    assertTrue(metrics().contains("karat_customers{name=\"toy\"} 1\n"));
  }

  @Test
  void aRefusedNightSaysWhyAndLeavesAReport() throws IOException {
    assertEquals(ExitCode.REFUSED, type("2026-03-02", "--set", "checks.freshness=error"));

    String said = transcript.remarks().lines().reduce("", (earlier, line) -> line);
    assertTrue(
        said.startsWith(
            "Night 2026-03-02 is refused, last night stays live: freshness: 'transactions' has no"
                + " row of 2026-03-02: expected at least one. Check that the day was delivered."),
        said);
    assertReport("failed", 4, said);
    assertEquals("refused", check("freshness").path("status").asText());
  }

  @Test
  void anUnwritableOutputIsAMatterOfConfiguration() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    assertEquals(ExitCode.USAGE, type("2026-03-01", "--set", "output.path=" + file + "/out"));

    assertEquals(
        List.of(
            "The run report cannot be written: %s/out: Not a directory.".formatted(file),
            ("Output '%1$s/out' cannot be written: '%1$s' is not a folder."
                    + " Set output.path to a folder that this user may write to.")
                .formatted(file)),
        transcript.remarks().lines().toList());
  }

  @Test
  void metricsMayLieElsewhereAlsoWhereTheOutputCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    type(
        "2026-03-01",
        "--set",
        "output.path=" + file + "/out",
        "--set",
        "output.metrics_file=" + folder.resolve("collector/toy.prom"));

    String metrics = Files.readString(folder.resolve("collector/toy.prom"));
    assertTrue(metrics.contains("karat_last_run_exit_code{name=\"toy\"} 2\n"), metrics);
  }

  @Test
  void metricsThatCannotBeWrittenAreOnlyRemarked() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    type("2026-02-28", "--set", "output.metrics_file=" + file + "/toy.prom");

    assertTrue(
        transcript
            .remarks()
            .contains(
                "The metrics cannot be written: %s/toy.prom: Not a directory.\n".formatted(file)),
        transcript.remarks());
    assertReport(
        "failed",
        3,
        "As-of day 2026-02-28 is before the first event of 'transactions' on 2026-03-01. Choose a"
            + " later day.");
  }

  @Test
  @Timeout(60)
  void aNightThatHasToWaitForTheLockSaysForWhom() throws Exception {
    try (RunLock held = firm.out().lock("a rollback")) {
      Thread waiting = new Thread(() -> type("2026-03-01"));
      waiting.start();
      while (!transcript.remarks().contains("is alive.\n")) {
        Thread.sleep(10);
      }
      waiting.interrupt();
      waiting.join();
      assertTrue(held.stillHeld());
    }

    assertEquals(
        "Output 'file:%s' is locked by a rollback on host HOST (pid PID) since 2026-03-04T12:00:00Z. Looking until INSTANT at the latest whether that command is alive."
            .formatted(firm.output()),
        transcript
            .remarks()
            .lines()
            .findFirst()
            .orElseThrow()
            .replaceAll("host \\S+ \\(pid \\d+\\)", "host HOST (pid PID)")
            .replaceAll("until \\S+Z", "until INSTANT"));
  }

  @Test
  void everythingWrongWithAConfigurationIsSaidAtOnceBeforeSparkStarts() throws IOException {
    Path file = Files.createTempFile(folder, "karat", ".yaml");
    Files.writeString(
        file,
        """
        money_scales: 2
        inputs:
          transactions:
            path: data
            columns:
              customer_id: rand()
              transaction_time: at
        checks:
          freshness: loud
        """);

    assertEquals(
        ExitCode.USAGE,
        transcript.type(
            Karat.commands(), "run", "--config", file.toString(), "--as-of", "20260301"));

    assertEquals(
        """
        Configuration has 4 problems:
        karat.yaml:1: unknown key 'money_scales'. Did you mean 'money_scale'?
        karat.yaml:5: 'inputs.transactions.columns.amount' is missing, expected a Spark SQL expression. Add it.
        karat.yaml:6: 'inputs.transactions.columns.customer_id': function 'rand' is not allowed: its result differs from run to run. 'karat dictionary --functions' lists the allowed functions.
        karat.yaml:9: 'checks.freshness' is 'loud', expected off, warn or error.
        """,
        transcript.remarks().replace(file.toString(), "karat.yaml"));
  }

  private ExitCode type(String asOf, String... more) {
    String[] arguments =
        Stream.concat(Stream.of("night", "--as-of", asOf), Stream.of(more)).toArray(String[]::new);
    return transcript.type(List.of(new NightCommand(firm)), arguments);
  }

  private String metrics() {
    try {
      return Files.readString(firm.output().resolve("metrics.prom"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private void assertReport(String status, int exitCode, String message) throws IOException {
    JsonNode report = report();
    assertEquals(status, report.path("status").asText());
    assertEquals(exitCode, report.path("exit_code").asInt());
    assertEquals(message, report.path("message").asText());
  }

  private JsonNode check(String name) throws IOException {
    List<JsonNode> named =
        StreamSupport.stream(report().path("checks").spliterator(), false)
            .filter(check -> check.path("check").asText().equals(name))
            .toList();
    assertEquals(1, named.size(), () -> "checks named " + name + ": " + named);
    return named.get(0);
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(firm.output().resolve("run_report.json").toFile());
  }
}
