package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.karat.night.NightResult;
import io.karat.night.ToyFirm;
import io.karat.run.ExitCode;
import io.karat.testing.LocalSpark;
import io.openlineage.client.OpenLineageClientUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the report of nights to OpenLineage, to a real server on this machine. */
@ExtendWith(LocalSpark.class)
class LineageReportTest {
  private static final String HOME = "user.home";
  private static final String CHECK = "Check notify.openlineage and openlineage.yml.";

  @TempDir private static Path folder;
  private static ToyFirm firm;
  private static NightResult night;

  private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
  private final String home = System.getProperty(HOME);
  private HttpServer server;
  private int answer = 201;

  @BeforeAll
  static void publish(SparkSession spark) throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01",
                """
                s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE
                s2 | bob | 2026-03-01 09:00:00 |  5.00 | SALE
                """);
    night = firm.run("2026-03-01");
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/lineage", this::take);
    server.start();
    configure("{type: http, url: 'http://localhost:%d'}".formatted(server.getAddress().getPort()));
    System.setProperty(HOME, folder.toString());
  }

  @AfterEach
  void stop() {
    System.setProperty(HOME, home);
    server.stop(0);
  }

  /** Writes the configuration of OpenLineage's client where it looks for it. */
  private void configure(String transport) throws IOException {
    Path file = folder.resolve(".openlineage/openlineage.yml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "transport: %s\n".formatted(transport));
  }

  private void take(HttpExchange exchange) throws IOException {
    taken.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  /** One event for a new night, also of a backfill, none for its repeat. */
  @Test
  void everyNewNightIsReportedOnce() throws IOException {
    assertEquals(ExitCode.PUBLISHED, type("2026-03-02"));
    type("2026-03-02");
    answer = 500;
    assertEquals(ExitCode.PUBLISHED, type("2026-03-03", "--backfill"));

    List<JsonNode> events = events();
    assertEquals(
        """
        COMPLETE shop toy 2026-03-02T00:00:00Z
        COMPLETE shop toy 2026-03-03T00:00:00Z
        """,
        events.stream().map(LineageReportTest::words).collect(joining()));
    assertEquals(names(events.get(0)), names(events.get(1)));
    assertNotEquals(runId(events.get(0)), runId(events.get(1)));
    String message =
        new ObjectMapper()
            .readTree(firm.output().resolve("run_report.json").toFile())
            .path("message")
            .asText();
    String warning =
        "Night 2026-03-03 is published, but was not reported to OpenLineage: the server answered 500. ";
    assertTrue(message.endsWith(warning + CHECK), message);
  }

  @Test
  void theEventHasTheInputWithItsRowsAndChecks() throws IOException {
    assertEquals(Optional.empty(), report().send(night));

    JsonNode inputs = events().get(0).path("inputs");
    JsonNode input = inputs.path(0);
    JsonNode statistics = input.path("inputFacets").path("inputStatistics");
    assertEquals(1, inputs.size());
    assertEquals("file " + firm.input(), name(input));
    assertEquals(
        "2 rows in 1 files",
        statistics.path("rowCount") + " rows in " + statistics.path("fileCount") + " files");
    assertEquals(
        """
        reconcile.unaccounted_rows true
        reconcile.unaccounted_amount true
        max_quarantine.share_of_rows true
        max_quarantine.share_of_rows_newest_7_days true
        freshness.open_days_without_rows true
        anomaly.rows_of_as_of_day true
        row_count_change.rows_used true
        unique.repeated_keys true
        unique.contradicted_keys true
        """,
        list(input.path("inputFacets").path("dataQualityAssertions").path("assertions"))
            .map(it -> "%s %s\n".formatted(it.path("assertion").asText(), it.path("success")))
            .collect(joining()));
  }

  @Test
  void theEventHasEveryTableAsItIsPublished() throws IOException {
    report().send(night);

    List<String> expected = new ArrayList<>();
    for (String table : night.tables().keySet()) {
      Path place = firm.output().resolve(night.path()).resolve(table);
      expected.add(
          "file %s/%s: %d rows, %d bytes, %s"
              .formatted(
                  firm.output(),
                  table,
                  Objects.requireNonNull(night.tables().get(table)).rows(),
                  bytes(place),
                  Arrays.asList(firm.spark().read().parquet(place.toString()).columns())));
    }
    assertEquals(
        String.join("\n", expected),
        list(events().get(0).path("outputs"))
            .map(LineageReportTest::published)
            .collect(joining("\n")));
    JsonNode date =
        events()
            .get(0)
            .path("outputs")
            .path(0)
            .path("facets")
            .path("schema")
            .path("fields")
            .path(0);
    assertEquals(
        "date The as-of day: the last day whose events count.",
        date.path("type").asText() + " " + date.path("description").asText());
  }

  /** The same attempt of the same run is the same run of OpenLineage. */
  @Test
  void theRunIsThatOfTheAttempt() throws IOException {
    report().send(night);
    report().send(night);

    assertEquals(runId(events().get(0)), runId(events().get(1)));
    assertEquals(3, UUID.fromString(runId(events().get(0))).version());
    assertEquals(
        OpenLineageClientUtils.runEventFromJson(taken.get(0)).getRun().getRunId().toString(),
        runId(events().get(0)));
  }

  @Test
  void anEventThatIsNotTakenSaysWhy() throws IOException {
    answer = 500;
    assertEquals(unreported("the server answered 500. " + CHECK), report().send(night));
    configure("{type: http}");
    assertEquals(
        unreported(
            "its client says 'url can't be null, try setting transport.url in config'. " + CHECK),
        report().send(night));
    Files.delete(folder.resolve(".openlineage/openlineage.yml"));
    assertEquals(
        unreported("its client says 'No OpenLineage environment variables found'. " + CHECK),
        report().send(night));
    ClassLoader all = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertEquals(
          unreported(
              "the jar of its client is missing. Add --packages io.openlineage:openlineage-java:1.39.0"
                  + " to the command, or put that jar and those that it needs into the jars of Spark."),
          report().send(night));
    } finally {
      Thread.currentThread().setContextClassLoader(all);
    }
  }

  private static Optional<String> unreported(String reason) {
    return Optional.of(
        "Night 2026-03-01 is published, but was not reported to OpenLineage: " + reason);
  }

  private static LineageReport report() {
    return new LineageReport(
        firm.plan(), firm.spark().sparkContext().hadoopConfiguration(), "shop");
  }

  private static ExitCode type(String asOf, String... more) {
    String[] arguments =
        Stream.concat(
                Stream.of("night", "--as-of", asOf, "--set", "notify.openlineage=shop"),
                Stream.of(more))
            .toArray(String[]::new);
    return new Transcript(false).type(List.of(new NightCommand(firm)), arguments);
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String event : taken) {
      events.add(new ObjectMapper().readTree(event));
    }
    return events;
  }

  private static Stream<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String words(JsonNode event) {
    return "%s %s %s %s\n"
        .formatted(
            event.path("eventType").asText(),
            event.path("job").path("namespace").asText(),
            event.path("job").path("name").asText(),
            event.path("run").path("facets").path("nominalTime").path("nominalStartTime").asText());
  }

  private static String runId(JsonNode event) {
    return event.path("run").path("runId").asText();
  }

  private static List<String> names(JsonNode event) {
    return Stream.concat(list(event.path("inputs")), list(event.path("outputs")))
        .map(LineageReportTest::name)
        .toList();
  }

  private static String name(JsonNode dataset) {
    return dataset.path("namespace").asText() + " " + dataset.path("name").asText();
  }

  private static String published(JsonNode dataset) {
    JsonNode statistics = dataset.path("outputFacets").path("outputStatistics");
    return "%s: %s rows, %s bytes, %s"
        .formatted(
            name(dataset),
            statistics.path("rowCount"),
            statistics.path("size"),
            list(dataset.path("facets").path("schema").path("fields"))
                .map(field -> field.path("name").asText())
                .toList());
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
