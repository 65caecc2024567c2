package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.karat.quality.CheckResult;
import io.karat.report.Finding;
import io.karat.report.NightFacts;
import io.karat.report.NightNotice;
import io.karat.run.Run;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of messages to a webhook, which is a real server on this machine. */
class WebhookTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final Run NIGHT = new Run("0123456789abcdef", LocalDate.parse("2026-03-02"));

  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private String received = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/taken", exchange -> answer(exchange, 200));
    server.createContext("/broken", exchange -> answer(exchange, 500));
    server.createContext("/moved", exchange -> answer(exchange, 302));
    server.createContext("/silent", exchange -> waitFor());
    server.createContext("/endless", this::begin);
    server.setExecutor(task -> new Thread(task).start());
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    received =
        "%s %s\n%s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  /** The beginning of an answer that has no end. */
  private void begin(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(1);
      body.flush();
      waitFor();
    }
  }

  private void waitFor() {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<String> send(String path) {
    URI address =
        URI.create("http://localhost:%d%s".formatted(server.getAddress().getPort(), path));
    return new Webhook(address, PATIENCE).send("{\"text\":\"喜\"}");
  }

  @Test
  void aMessageIsPostedAsJson() {
    assertEquals(Optional.empty(), send("/taken"));
    assertEquals("POST application/json; charset=utf-8\n{\"text\":\"喜\"}", received);
  }

  @Test
  void aMessageThatIsNotTakenSaysWhyWithoutTheAddress() {
    assertEquals(Optional.of("the webhook answered 500"), send("/broken"));
    assertEquals(Optional.of("the webhook answered 302"), send("/moved"));
    String late = "the webhook did not answer within 0.5 s";
    assertEquals(Optional.of(late), send("/silent"));
    assertEquals(Optional.of(late), send("/endless"));
    server.stop(0);
    assertEquals(Optional.of("the webhook cannot be reached (ConnectException)"), send("/taken"));
  }

  /** Ann's name would call everybody in a chat. */
  @Test
  void theMessageHasFindingsAndWarningsInTheLanguageOfTheReport() throws IOException {
    assertEquals(
        """
        retail, night of 2026-03-02
        1. Gold &amp; silver lost 2. Compared with 2026-03-01. Largest: &lt;!everyone&gt;, Bob.
        2. Arrears are 10. There is no earlier night.
        Checks that warned: psi, unique.""",
        text(Map.of("name", "retail")));
    assertEquals(
        """
        retail，2026-03-02 批次
        1. 金卡流失 2 位。与 2026-03-01 相比。金额最大：c1、c2。
        2. 欠款 10。没有更早的批次。
        发出警告的检查：psi、unique。""",
        text(Map.of("name", "retail", "language", "zh", "output.report", "{names: false}")));
    assertEquals(
        "1. Gold &amp; silver lost 2. Compared with 2026-03-01.",
        text(Map.of("output.report.ids", "false")).lines().toList().get(1));
  }

  @Test
  void aQuietNightSaysSo() {
    assertEquals(
        "{\"text\":\"karat, night of 2026-03-02\\nNothing stands out.\"}",
        new NightNotice(settings(Map.of()), NightFacts.NONE.ofRun(NIGHT)).json());
  }

  private static String text(Map<String, String> sets) throws IOException {
    NightFacts facts =
        NightFacts.NONE
            .ofRun(NIGHT)
            .withChecks(
                List.of(
                    check("psi", false),
                    check("psi", false),
                    check("unique", false),
                    check("freshness", true)))
            .withFindings(
                List.of(
                    finding(
                        new BilingualText("Gold & silver lost 2.", "金卡流失 2 位。"),
                        new BilingualText("Compared with 2026-03-01.", "与 2026-03-01 相比。"),
                        List.of("c1", "c2"),
                        List.of("<!everyone>", "Bob")),
                    finding(
                        new BilingualText("Arrears are 10.", "欠款 10。"),
                        new BilingualText("There is no earlier night.", "没有更早的批次。"),
                        List.of(),
                        List.of())));
    return new ObjectMapper()
        .readTree(new NightNotice(settings(sets), facts).json())
        .path("text")
        .asText();
  }

  private static CheckResult check(String name, boolean isMet) {
    BilingualText said = new BilingualText("as expected", "符合预期");
    return new CheckResult(
        name, "t", "m", Optional.empty(), Optional.empty(), isMet, Severity.WARN, said);
  }

  private static Finding finding(
      BilingualText message, BilingualText comparison, List<String> ids, List<String> names) {
    return new Finding(
        "LOST", "GOLD", 2, BigDecimal.TEN, true, "SELECT 1", ids, names, message, comparison);
  }

  private static Settings settings(Map<String, String> sets) {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read(
            "karat.yaml",
            "inputs: {customers: {path: p, columns: {customer_id: id}}}",
            Map.of(),
            sets.entrySet().stream().map(set -> set.getKey() + "=" + set.getValue()).toList(),
            problems);
    problems.throwIfAny();
    return settings;
  }
}
