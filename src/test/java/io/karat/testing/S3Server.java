package io.karat.testing;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Server that speaks S3 in a process of its own, with one bucket, behind a gate that lets through
 * one upload of a name after the other, as S3 decides about them: the server alone looks at a
 * condition before it waits for its turn.
 */
public final class S3Server {
  /** The system property with the address of the gate, which child processes get too. */
  public static final String PROPERTY = "karat.s3";

  public static final String BUCKET = "shop";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Headers that a client of HTTP sets by itself. */
  private static final Set<String> OWN =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final Process process;
  private final URI server;
  private final HttpServer gate;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Object> turns = new ConcurrentHashMap<>();
  private final AtomicInteger listings = new AtomicInteger();
  private volatile boolean isBlind;

  private S3Server(Process process, URI server, HttpServer gate) {
    this.process = process;
    this.server = server;
    this.gate = gate;
  }

  /** Starts the server with what its folder holds, at first an empty bucket. */
  public static S3Server start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Path log = Files.createDirectories(folder).resolve("s3.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                jar(),
                "--com.adobe.testing.s3mock.http-port=" + port,
                "--server.port=0",
                "--com.adobe.testing.s3mock.store.root=" + folder.resolve("objects"),
                "--com.adobe.testing.s3mock.store.retain-files-on-exit=true")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer gate = HttpServer.create(new InetSocketAddress(here, 0), 0);
    S3Server started = new S3Server(process, URI.create("http://127.0.0.1:" + port), gate);
    gate.setExecutor(started.threads);
    gate.createContext("/", started::pass);
    gate.start();
    started.makeBucket(log);
    System.setProperty(PROPERTY, "http://127.0.0.1:" + gate.getAddress().getPort());
    return started;
  }

  /**
   * Starts the server with an object of one byte for each of the names. They are laid into its
   * folder, as an upload there takes the longer the more objects there are.
   */
  public static S3Server start(Path folder, List<String> names)
      throws IOException, InterruptedException {
    S3Server first = start(folder);
    first.put(names.get(0));
    first.stop();
    Path bucket = folder.resolve("objects").resolve(BUCKET);
    Path list = bucket.resolve("bucketMetadata.json");
    ObjectNode all = (ObjectNode) JSON.readTree(list.toFile());
    ObjectNode ids = (ObjectNode) all.path("objects");
    Path model = bucket.resolve(ids.path(names.get(0)).asText());
    for (String name : names.subList(1, names.size())) {
      String id = UUID.randomUUID().toString();
      Path place = Files.createDirectory(bucket.resolve(id));
      Path data = Files.copy(model.resolve("binaryData"), place.resolve("binaryData"));
      ObjectNode object = (ObjectNode) JSON.readTree(model.resolve("objectMetadata.json").toFile());
      object.put("id", id).put("key", name).put("dataPath", data.toUri().toString());
      JSON.writeValue(place.resolve("objectMetadata.json").toFile(), object);
      ids.put(name, id);
    }
    JSON.writeValue(list.toFile(), all);
    return start(folder);
  }

  /** Adds how a client reaches the server, where one is started. */
  public static Configuration reachedBy(Configuration hadoop) {
    String address = System.getProperty(PROPERTY);
    if (address != null) {
      hadoop.set("fs.s3a.endpoint", address);
      hadoop.set("fs.s3a.endpoint.region", "eu-west-1");
      hadoop.set("fs.s3a.path.style.access", "true");
      hadoop.set("fs.s3a.access.key", "anybody");
      hadoop.set("fs.s3a.secret.key", "nothing");
      hadoop.set("fs.s3a.fast.upload.buffer", "bytebuffer");
      hadoop.set("fs.s3a.paging.maximum", "50");
      hadoop.set("fs.s3a.attempts.maximum", "1");
      hadoop.set("fs.s3a.retry.limit", "1");
      hadoop.set("fs.s3a.retry.interval", "5ms");
      hadoop.set("fs.s3a.change.detection.mode", "client");
    }
    return hadoop;
  }

  /** Makes the server ignore conditions, as stores do that do not know them. */
  public void ignoreConditions(boolean isIgnored) {
    isBlind = isIgnored;
  }

  /** The number of requests for a page of a listing so far. */
  public int listings() {
    return listings.get();
  }

  private void put(String name) throws IOException, InterruptedException {
    HttpRequest upload =
        HttpRequest.newBuilder(server.resolve("/%s/%s".formatted(BUCKET, name)))
            .PUT(HttpRequest.BodyPublishers.ofString("1"))
            .build();
    HttpResponse<Void> answer = client.send(upload, discarding());
    if (answer.statusCode() != 200) {
      throw new IOException("No upload: " + answer);
    }
  }

  /** Stops the server. Hadoop forgets it too, as the next one has the same bucket elsewhere. */
  public void stop() throws IOException, InterruptedException {
    FileSystem.get(URI.create("s3a://" + BUCKET), reachedBy(new Configuration())).close();
    System.clearProperty(PROPERTY);
    gate.stop(0);
    threads.shutdown();
    process.destroy();
    process.waitFor();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (String.valueOf(exchange.getRequestURI().getQuery()).contains("list-type=2")) {
        listings.incrementAndGet();
      }
      if (exchange.getRequestMethod().equals("PUT")) {
        synchronized (turns.computeIfAbsent(exchange.getRequestURI().getPath(), it -> it)) {
          answer(exchange);
        }
      } else {
        answer(exchange);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (isPassed(name)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))
                    || exchange.getRequestMethod().equals("HEAD")) {
                  exchange.getResponseHeaders().put(name, List.copyOf(values));
                }
              });
      byte[] body = response.body().readAllBytes();
      exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isPassed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !OWN.contains(lower) && !(isBlind && lower.equals("if-none-match"));
  }

  private void makeBucket(Path log) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/" + BUCKET))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      try {
        int status = client.send(request, discarding()).statusCode();
        if (status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_CONFLICT) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
    process.destroy();
    throw new IllegalStateException("The server does not start: " + Files.readString(log, UTF_8));
  }

  private static String jar() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
        .filter(path -> path.matches(".*/s3mock-[^/]*-exec\\.jar"))
        .findFirst()
        .orElseThrow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
