package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.night.NightPlan;
import io.karat.night.NightPreview;
import io.karat.night.ToyFirm;
import io.karat.run.ExitCode;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that no text of a night shows the value of a variable, wherever it is written. The value is
 * the folder of inputs and output, which texts name wherever they can.
 */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiddenValuesTest {
  private static final String FILE = "karat.log.file";

  private final SparkSession spark;
  private final Map<String, String> texts = new TreeMap<>();
  @TempDir private static Path folder;

  HiddenValuesTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void runNights() throws IOException {
    ToyFirm firm =
        ToyFirm.at(spark, folder)
            .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE");
    Transcript console = new Transcript(false);
    assertEquals(ExitCode.PUBLISHED, night(console, firm, "2026-03-01"));
    plan(firm, console);
    deliverNoParquet(firm);
    Transcript events = Transcript.ofEvents(ToyFirm.NOON);
    assertEquals(ExitCode.INPUT, night(events, firm, "2026-03-02"));

    texts.put("console", console.results() + console.remarks());
    texts.put("events", events.results() + events.remarks());
    texts.put("run_report.json", Files.readString(firm.output().resolve("run_report.json")));
    texts.put("metrics.prom", Files.readString(firm.output().resolve("metrics.prom")));
    texts.put("records of releases", json(firm.output()));
  }

  private static ExitCode night(Transcript said, ToyFirm firm, String asOf) {
    return said.type(List.of(new NightCommand(firm)), "night", "--by-variable", "--as-of", asOf);
  }

  private void plan(ToyFirm firm, Transcript said) throws IOException {
    Secrets secrets = new Secrets();
    NightPlan plan = firm.planByVariable(secrets.watching(Map.of("PLACE", folder.toString())));
    said.console().hide(secrets);
    LocalDate night = LocalDate.parse("2026-03-02");
    PlanCommand.show(plan, NightPreview.of(plan, night, firm.out(), spark), said.console());
  }

  private static void deliverNoParquet(ToyFirm firm) throws IOException {
    Path day = Files.createDirectories(firm.input().resolve("day=2026-03-02"));
    Files.writeString(day.resolve("bad.parquet"), "customer,amount");
  }

  /** All control files and reports below the output. */
  private static String json(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"console", "events", "run_report.json", "metrics.prom", "records of releases"})
  void noTextShowsTheValue(String text) {
    assertFalse(
        texts.getOrDefault(text, "").contains(folder.toString()), texts.getOrDefault(text, ""));
  }

  /** Where a folder is named, the variable stands for it. */
  @ParameterizedTest
  @ValueSource(strings = {"console", "events", "run_report.json"})
  void textsThatNeedTheValueNameTheVariable(String text) {
    assertTrue(texts.getOrDefault(text, "").contains("${PLACE}"), texts.getOrDefault(text, ""));
  }

  /** Spark's own lines too, and what a failure and its causes say. */
  @ParameterizedTest
  @ValueSource(strings = {"conf/log4j2.properties", "conf/log4j2-json.properties"})
  void noLineOfTheLogShowsTheValue(String configuration) throws IOException {
    Path file = folder.resolve("karat.log");
    System.setProperty(FILE, file.toString());
    // A context of its own: that of the process belongs to the other tests.
    try (LoggerContext log = new LoggerContext("test", null, Path.of(configuration).toUri())) {
      log.start();
      Secrets secrets = new Secrets();
      MaskedLog.hide(secrets, log);
      secrets.watching(Map.of("TOKEN", "horse & cart")).get("TOKEN");
      Exception refused =
          new IOException(
              "refused",
              new IllegalStateException(
                  "token=" + URLEncoder.encode("horse & cart", StandardCharsets.UTF_8)));
      log.getLogger("io.karat.Test").warn("The token horse & cart is old", refused);
      log.getLogger("io.karat.Test").warn("Another failure", new IOException("lost"));
    } finally {
      System.clearProperty(FILE);
    }

    String text = Files.readString(file);
    assertTrue(text.contains("The token ${TOKEN} is old"), text);
    assertTrue(text.contains("token=${TOKEN}"), text);
    assertTrue(text.contains("IOException: lost"), text);
    assertFalse(text.contains("horse"), text);
  }

  @Test
  void whatACommandHidesTheLogOfTheProcessHidesToo() {
    LoggerContext context = LoggerContext.getContext(false);
    new Transcript(false).type(List.of(new GreetCommand()), "greet", "--customer", "ann");

    assertEquals(
        List.of(MaskedLog.class),
        context.getConfiguration().getLoggers().values().stream()
            .map(logger -> logger.getLogEventFactory().getClass())
            .distinct()
            .toList());
  }
}
