package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.night.NightResult;
import io.karat.report.NightFacts;
import io.karat.report.NightFigures;
import io.karat.run.ExitCode;
import io.karat.run.Run;
import io.karat.run.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator.OfLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tests of the JSON log on the standard error. */
class EventsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123456Z");

  private final Transcript transcript = Transcript.ofEvents(NOON);

  @Test
  void everyStageIsAnEventWhereItBeginsAndWhereItEnds() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    OfLong times = LongStream.of(0, 0, 1_540_000_000L, 2_000_000_000L, 63_000_000_000L).iterator();
    EventProgress progress =
        new EventProgress(
            new JsonConsoleLog(new PrintStream(written, true, StandardCharsets.UTF_8), () -> NOON),
            times::nextLong);

    progress.stage("read inputs");
    progress.done("read inputs", 12_345);
    progress.run(new Run("3f9c0a1b2c3d4e5f", LocalDate.parse("2026-03-01")));
    progress.stage("commit");
    progress.done("commit");

    String run = "\"run_id\":\"3f9c0a1b2c3d4e5f\",\"as_of_date\":\"2026-03-01\",";
    assertEquals(
        """
        {TIME,"level":"INFO","event":"stage_begin","stage":"read inputs"}
        {TIME,"level":"INFO","event":"stage_end","stage":"read inputs","rows":12345,"seconds":1.54}
        {TIME,"level":"INFO","event":"stage_begin",RUN"stage":"commit"}
        {TIME,"level":"INFO","event":"stage_end",RUN"stage":"commit","seconds":61.0}
        """
            .replace("TIME", "\"time\":\"2026-03-02T12:00:00.123Z\"")
            .replace("RUN", run),
        written.toString(StandardCharsets.UTF_8));
  }

  @Test
  void remarksWarningsAndFailuresAreEventsToo() throws Exception {
    transcript.console().note("Off, as \"contacts\"\nis not mapped.");
    transcript.console().warn("Warning, freshness: none.");
    assertEquals(ExitCode.USAGE, transcript.type(List.of(new VersionCommand()), "vrsion"));

    List<JsonNode> events = events();
    assertEquals("Off, as \"contacts\"\\nis not mapped.", events.get(0).path("message").asText());
    assertEquals("WARN warning", words(events.get(1)));
    assertEquals("ERROR failure", words(events.get(2)));
    assertEquals(
        "Unknown command 'karat vrsion'. Did you mean 'version'?",
        events.get(2).path("message").asText());
    assertEquals(2, events.get(2).path("exit_code").asInt());
    assertEquals("INFO end", words(events.get(3)));
    assertEquals(2, events.get(3).path("exit_code").asInt());
    assertEquals(4, events.size());
  }

  @Test
  void aNightSaysWhichItIsAndWhetherReadersSeeIt() {
    transcript
        .console()
        .night(
            new NightResult(
                NightFacts.NONE
                    .ofRun(new Run("3f9c0a1b2c3d4e5f", LocalDate.parse("2026-03-01")))
                    .withFigures(new NightFigures(1_983, List.of(), Optional.empty()), List.of()),
                "releases/3f9c0a1b2c3d4e5f/1-0a1b2c3d",
                true,
                false,
                List.of()));

    assertEquals(
        "{\"time\":\"2026-03-02T12:00:00.123Z\",\"level\":\"INFO\",\"event\":\"night\","
            + "\"run_id\":\"3f9c0a1b2c3d4e5f\",\"as_of_date\":\"2026-03-01\","
            + "\"status\":\"published\",\"is_live\":false,\"customers\":1983,\"warnings\":0}\n",
        transcript.remarks());
  }

  @Test
  void aFailureThatNobodyForesawHasItsTraceInTheEvent() throws Exception {
    transcript.console().crash("Karat failed unexpectedly: x", new IllegalStateException("x"));

    JsonNode event = events().get(0);
    assertTrue(event.path("trace").asText().startsWith("java.lang.IllegalStateException: x\n\tat"));
    assertEquals(1, event.path("exit_code").asInt());
  }

  @Test
  void resultsStayAsTheyAre() {
    transcript.type(List.of(new VersionCommand()), "version");

    assertEquals(Version.text() + "\n", transcript.results());
  }

  @Test
  void theOptionComesBeforeTheEnvironment() {
    Map<String, String> asksForJson = Map.of("KARAT_LOG_FORMAT", "json");

    assertEquals(LogFormat.TEXT, LogFormat.of(List.of("run"), Map.of()));
    assertEquals(LogFormat.JSON, LogFormat.of(List.of("run"), asksForJson));
    assertEquals(LogFormat.JSON, LogFormat.of(List.of("--log-format", "json"), Map.of()));
    assertEquals(LogFormat.JSON, LogFormat.of(List.of("run", "--log-format=json"), Map.of()));
    assertEquals(LogFormat.TEXT, LogFormat.of(List.of("run", "--log-format=text"), asksForJson));
    assertEquals(LogFormat.TEXT, LogFormat.of(List.of("run", "--log-format"), Map.of()));
  }

  @Test
  void anEnvironmentThatAsksForAnotherFormatIsRefused() {
    LogFormat.requireKnown(Map.of());
    LogFormat.requireKnown(Map.of("KARAT_LOG_FORMAT", "json"));
    UsageException refused =
        assertThrows(
            UsageException.class, () -> LogFormat.requireKnown(Map.of("KARAT_LOG_FORMAT", "xml")));

    assertEquals(
        "KARAT_LOG_FORMAT is 'xml', expected text or json. Correct it, or unset it.",
        refused.getMessage());
  }

  private static String words(JsonNode event) {
    return event.path("level").asText() + " " + event.path("event").asText();
  }

  private List<JsonNode> events() throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> events = new ArrayList<>();
    for (String line : transcript.remarks().lines().toList()) {
      events.add(json.readTree(line));
    }
    return events;
  }
}
