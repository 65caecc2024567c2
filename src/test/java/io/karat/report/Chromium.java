package io.karat.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Headless browser, controlled over its DevTools protocol. It is found by the system property
 * {@code karat.chromium}, else by its usual names on the path.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--remote-debugging-port=0");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger lastCall = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private Chromium(Process process, URI page) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, new Listener()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", JSON.createObjectNode());
    }
  }

  /** The browser of this machine; empty if there is none. */
  static Optional<Path> installed() {
    String chosen = System.getProperty("karat.chromium", "");
    if (!chosen.isEmpty()) {
      return Optional.of(Path.of(chosen));
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts a browser.
   *
   * @param profile a folder that it may fill
   */
  static Chromium start(Path program, Path profile) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolveSibling("chromium.log").toFile())
            .start();
    try {
      return new Chromium(process, page(profile.resolve("DevToolsActivePort")));
    } catch (IOException | RuntimeException failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  private static URI page(Path portFile) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (Files.exists(portFile) && !Files.readAllLines(portFile).isEmpty()) {
        String port = Files.readAllLines(portFile).get(0);
        for (JsonNode target : targets(port)) {
          if (target.path("type").asText().equals("page")) {
            return URI.create(target.path("webSocketDebuggerUrl").asText());
          }
        }
      }
      pause();
    }
    throw new IOException("Chromium did not open its port within " + PATIENCE);
  }

  private static JsonNode targets(String port) throws IOException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/json/list".formatted(port)))
              .build();
      return JSON.readTree(
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Emulates a screen of this size, light or dark. */
  void screen(int width, int height, boolean isDark) {
    ObjectNode size = JSON.createObjectNode();
    size.put("width", width).put("height", height).put("deviceScaleFactor", 1);
    size.put("mobile", width < 600);
    call("Emulation.setDeviceMetricsOverride", size);
    ObjectNode media = JSON.createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", isDark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", media);
  }

  /** Runs a script at the start of every page that is opened from now on. */
  void beforeEachPage(String script) {
    call("Page.addScriptToEvaluateOnNewDocument", JSON.createObjectNode().put("source", script));
  }

  /** Has {@link #worked} count from now on, in the time of a processor instead of a clock's. */
  void countWork() {
    call("Performance.enable", JSON.createObjectNode().put("timeDomain", "threadTicks"));
  }

  /** The milliseconds of a processor that the thread of the open page has taken. */
  int worked() {
    for (JsonNode metric :
        call("Performance.getMetrics", JSON.createObjectNode()).path("metrics")) {
      if (metric.path("name").asText().equals("TaskDuration")) {
        return (int) Math.round(metric.path("value").asDouble() * 1_000);
      }
    }
    throw new IllegalStateException("The browser does not say how long it worked.");
  }

  /** Opens a file, and waits until it is loaded completely. */
  void open(Path file) {
    events.clear();
    complaints.clear();
    call("Page.navigate", JSON.createObjectNode().put("url", file.toUri().toString()));
    String event = "";
    while (!event.equals("Page.loadEventFired")) {
      event = next();
    }
    evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  private String next() {
    try {
      String event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (event == null) {
        throw new IllegalStateException("The page did not load within " + PATIENCE);
      }
      return event;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** The value of a JavaScript expression on the page. */
  JsonNode evaluate(String expression) {
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("expression", expression);
    parameters.put("returnByValue", true).put("awaitPromise", true);
    JsonNode answer = call("Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.path("exceptionDetails").toPrettyString());
    }
    return answer.path("result").path("value");
  }

  /** The errors of the page and its network requests since it was opened. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** A screenshot of the area that an expression gives as {@code {x, y, width, height}}. */
  byte[] picture(String place) {
    JsonNode box = evaluate(place);
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("captureBeyondViewport", true);
    ObjectNode clip = parameters.putObject("clip");
    box.properties().forEach(side -> clip.set(side.getKey(), side.getValue()));
    clip.put("scale", 1);
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", parameters).path("data").asText());
  }

  /** The page printed on A4. */
  byte[] printed() {
    ObjectNode paper = JSON.createObjectNode();
    paper.put("printBackground", true).put("preferCSSPageSize", true);
    return Base64.getDecoder().decode(call("Page.printToPDF", paper).path("data").asText());
  }

  private JsonNode call(String method, ObjectNode parameters) {
    int id = lastCall.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.put(id, answer);
    ObjectNode message = JSON.createObjectNode();
    message.put("id", id).put("method", method).set("params", parameters);
    socket.sendText(message.toString(), true).join();
    return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(part);
    }

    private void take(String message) {
      try {
        JsonNode json = JSON.readTree(message);
        if (json.has("id")) {
          answer(json);
        } else {
          hear(json.path("method").asText(), json.path("params"));
        }
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }

    private void answer(JsonNode json) {
      Optional.ofNullable(calls.remove(json.path("id").asInt()))
          .ifPresent(
              call -> {
                if (json.has("error")) {
                  call.completeExceptionally(new IllegalStateException(json.toString()));
                } else {
                  call.complete(json.path("result"));
                }
              });
    }

    private void hear(String event, JsonNode what) {
      switch (event) {
        case "Runtime.exceptionThrown", "Log.entryAdded" -> complaints.add(what.toString());
        case "Runtime.consoleAPICalled" -> {
          if (!what.path("type").asText().equals("log")) {
            complaints.add(what.toString());
          }
        }
        case "Network.requestWillBeSent" -> {
          String url = what.path("request").path("url").asText();
          if (!url.startsWith("file:")) {
            complaints.add("asks for " + url);
          }
        }
        default -> events.add(event);
      }
    }
  }
}
