package io.karat.mart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.karat.testing.Dashboards;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests of the dashboards for Superset and Metabase: what a file names is there, and both tools ask
 * the same. {@code ExamplesTest} runs every query.
 */
class DashboardsTest {
  private static final String SCRIPT = "conf/dashboards/metabase/load.py";
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @Test
  void bothToolsAskTheSame() throws IOException {
    Map<String, JsonNode> datasets = Dashboards.superset("datasets");
    Map<String, JsonNode> cards = Dashboards.metabase("Card");

    assertEquals(datasets.keySet(), cards.keySet());
    assertEquals(datasets.keySet(), Dashboards.superset("charts").keySet());
    for (String name : datasets.keySet()) {
      String asked = Dashboards.sql(node(cards, name)).replaceAll("\\s+", " ");
      String sql = text(node(datasets, name), "sql").replaceAll("\\s+", " ");
      assertEquals(
          name.equals("path")
              ? "SELECT * FROM ( %s ) AS nights WHERE customer_id = {{customer}} ORDER BY night"
                  .formatted(sql)
              : sql,
          asked,
          name);
      assertEquals(
          text(node(Dashboards.superset("charts"), name), "slice_name"),
          text(node(cards, name), "name"));
    }
  }

  @Test
  void idsOfSupersetAreUniqueAndLeadSomewhere() throws IOException {
    Map<String, JsonNode> datasets = Dashboards.superset("datasets");
    Map<String, JsonNode> charts = Dashboards.superset("charts");
    JsonNode database = node(Dashboards.superset("databases"), "Karat");
    JsonNode dashboard = node(Dashboards.superset("dashboards"), "Customer_value");

    assertUnique(
        Stream.of(
                datasets.values().stream(),
                charts.values().stream(),
                Stream.of(database, dashboard))
            .flatMap(it -> it)
            .map(it -> text(it, "uuid"))
            .toList(),
        UUID);
    for (JsonNode dataset : datasets.values()) {
      assertEquals(text(database, "uuid"), text(dataset, "database_uuid"));
    }
    for (String name : charts.keySet()) {
      JsonNode chart = node(charts, name);
      JsonNode params = chart.path("params");
      assertEquals(text(node(datasets, name), "uuid"), text(chart, "dataset_uuid"));
      assertEquals(text(chart, "viz_type"), text(params, "viz_type"));
      Set<String> there = columns(node(datasets, name));
      Set<String> named = new TreeSet<>(texts(params.path("all_columns")));
      params.path("metrics").forEach(it -> named.add(text(it.path("column"), "column_name")));
      params
          .path("order_by_cols")
          .forEach(
              it -> named.add(it.asText().replaceFirst("^\\[\"(\\w+)\", (true|false)]$", "$1")));
      Stream.of("x_axis", "x_axis_sort").map(it -> text(params, it)).forEach(named::add);
      named.remove("");
      assertTrue(there.containsAll(named), () -> name + " has " + there + ", not all of " + named);
    }
    assertEquals(
        "Dashboard", text(node(Dashboards.superset(""), "metadata"), "type"), "metadata.yaml");
  }

  /** The layout is a tree in which each chart of the bundle has one place. */
  @Test
  void theDashboardOfSupersetShowsEveryChart() throws IOException {
    JsonNode dashboard = node(Dashboards.superset("dashboards"), "Customer_value");
    JsonNode position = dashboard.path("position");
    List<String> shown = new ArrayList<>();
    position
        .properties()
        .forEach(
            field -> {
              JsonNode item = field.getValue();
              if (item.isObject()) {
                assertEquals(field.getKey(), text(item, "id"));
                texts(item.path("children"))
                    .forEach(child -> assertEquals(child, text(position.path(child), "id")));
                List<String> parents = texts(item.path("parents"));
                if (!parents.isEmpty()) {
                  String last = parents.get(parents.size() - 1);
                  assertTrue(texts(position.path(last).path("children")).contains(field.getKey()));
                }
              }
              if (text(item, "type").equals("CHART")) {
                shown.add(text(item.path("meta"), "uuid"));
              }
            });

    assertUnique(shown, UUID);
    assertEquals(
        Dashboards.superset("charts").values().stream()
            .map(it -> text(it, "uuid"))
            .collect(Collectors.toSet()),
        Set.copyOf(shown));
    JsonNode filter = dashboard.path("metadata").path("native_filter_configuration").path(0);
    JsonNode path = node(Dashboards.superset("datasets"), "path");
    assertEquals(text(path, "uuid"), text(filter.path("targets").path(0), "datasetUuid"));
    assertTrue(columns(path).contains(text(filter.at("/targets/0/column"), "name")));
    assertEquals(
        "TAB-customer", text(position.at("/" + filter.at("/scope/rootPath/0").asText()), "id"));
  }

  @Test
  void idsOfMetabaseAreUniqueAndLeadSomewhere() throws IOException {
    Map<String, JsonNode> cards = Dashboards.metabase("Card");
    JsonNode collection = node(Dashboards.metabase("Collection"), "karat");
    JsonNode dashboard = node(Dashboards.metabase("Dashboard"), "customer_value");
    List<String> ids = new ArrayList<>();
    for (JsonNode file : Dashboards.metabase().values()) {
      ids.add(text(file, "entity_id"));
      assertEquals(text(file, "entity_id"), text(file.path("serdes/meta").path(0), "id"));
    }
    List<String> shown = new ArrayList<>();
    for (JsonNode card : dashboard.path("dashcards")) {
      ids.add(text(card, "entity_id"));
      shown.add(text(card, "card_id"));
      assertEquals(text(dashboard, "entity_id"), text(card.path("serdes/meta").path(0), "id"));
      assertEquals(text(card, "entity_id"), text(card.path("serdes/meta").path(1), "id"));
      for (JsonNode mapping : card.path("parameter_mappings")) {
        assertEquals(text(card, "card_id"), text(mapping, "card_id"));
        assertEquals(text(dashboard.at("/parameters/0"), "id"), text(mapping, "parameter_id"));
      }
    }

    assertUnique(ids, "[\\w-]{21}");
    assertEquals(
        cards.values().stream().map(it -> text(it, "entity_id")).collect(Collectors.toSet()),
        Set.copyOf(shown));
    for (String name : cards.keySet()) {
      JsonNode card = node(cards, name);
      assertEquals(text(collection, "entity_id"), text(card, "collection_id"));
      List<String> drawn = texts(card.path("visualization_settings").path("graph.dimensions"));
      drawn.addAll(texts(card.path("visualization_settings").path("graph.metrics")));
      assertTrue(columns(node(Dashboards.superset("datasets"), name)).containsAll(drawn), name);
      assertEquals(
          Dashboards.sql(card).contains("{{customer}}"),
          card.at("/dataset_query/native/template-tags").has("customer"),
          name);
    }
    assertNoOverlap(dashboard.path("dashcards"));
  }

  /** The queries read the views of the mart that DuckDB has too. */
  @Test
  void everyViewIsInTheScriptForDuckDb() throws IOException {
    String script = Files.readString(Dashboards.FOLDER.resolve("duckdb.sql"));
    for (JsonNode dataset : Dashboards.superset("datasets").values()) {
      Stream.of(text(dataset, "sql").split("\\s+"))
          .filter(word -> word.startsWith("karat."))
          .map(word -> word.replaceAll("\\W+$", ""))
          .forEach(view -> assertTrue(script.contains("VIEW " + view + " AS"), view));
    }
    assertTrue(
        Files.readString(Path.of("docs/dashboards.md")).contains("conf/dashboards/duckdb.sql"));
  }

  /** A server in place of Metabase counts what it makes from 1. */
  @Test
  void theScriptMakesTheDashboardThroughTheApi() throws IOException, InterruptedException {
    assumeTrue(ends("python3", "-c", "import yaml") == 0, "No python3 with PyYAML");
    List<String> calls = new ArrayList<>();
    AtomicInteger made = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/",
        call -> {
          String method = call.getRequestMethod();
          String body = new String(call.getRequestBody().readAllBytes(), UTF_8);
          calls.add("%s %s %s".formatted(method, call.getRequestURI().getPath(), body));
          assertEquals("secret", call.getRequestHeaders().getFirst("x-api-key"));
          byte[] answer =
              (method.equals("GET")
                      ? "{\"data\": [{\"id\": 70, \"name\": \"Karat\"}]}"
                      : "{\"id\": %d}".formatted(made.incrementAndGet()))
                  .getBytes(UTF_8);
          call.sendResponseHeaders(200, answer.length);
          call.getResponseBody().write(answer);
          call.close();
        });
    server.start();
    String address = "http://localhost:%d".formatted(server.getAddress().getPort());
    try {
      assertEquals(0, ends("python3", "-B", SCRIPT, address, "Karat"));
      assertEquals(1, ends("python3", "-B", SCRIPT, address, "Other"));
    } finally {
      server.stop(0);
    }

    int cards = Dashboards.metabase("Card").size();
    assertEquals(cards + 5, calls.size());
    assertTrue(calls.get(0).startsWith("GET /api/database "), calls.get(0));
    assertTrue(calls.get(1).startsWith("POST /api/collection "), calls.get(1));
    JsonNode card = body(calls.get(2));
    assertEquals("1 70", card.path("collection_id") + " " + card.at("/dataset_query/database"));
    assertEquals("Checks of the night", text(card, "name"));
    assertTrue(calls.get(cards + 2).startsWith("POST /api/dashboard "), calls.get(cards + 2));
    assertTrue(calls.get(cards + 3).startsWith("PUT /api/dashboard/%d ".formatted(cards + 2)));
    JsonNode placed = body(calls.get(cards + 3)).path("dashcards");
    assertEquals(cards, placed.size());
    Set<Integer> used = new TreeSet<>();
    placed.forEach(it -> used.add(it.path("card_id").asInt()));
    assertEquals(cards, used.size());
    assertTrue(used.contains(2) && used.contains(cards + 1), used::toString);
  }

  private static JsonNode body(String call) throws IOException {
    return new ObjectMapper().readTree(call.split(" ", 3)[2]);
  }

  private static int ends(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("METABASE_API_KEY", "secret");
    builder.environment().remove("http_proxy");
    Process process = builder.start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private static void assertNoOverlap(JsonNode cards) {
    Set<String> taken = new TreeSet<>();
    for (JsonNode card : cards) {
      assertTrue(card.path("col").asInt() + card.path("size_x").asInt() <= 24, card::toString);
      for (int x = 0; x < card.path("size_x").asInt(); x++) {
        for (int y = 0; y < card.path("size_y").asInt(); y++) {
          int column = card.path("col").asInt() + x;
          int row = card.path("row").asInt() + y;
          assertTrue(taken.add("%d %d".formatted(column, row)), card::toString);
        }
      }
    }
  }

  private static void assertUnique(List<String> ids, String pattern) {
    assertEquals(ids.size(), Set.copyOf(ids).size(), ids::toString);
    ids.forEach(id -> assertTrue(id.matches(pattern), id));
  }

  private static Set<String> columns(JsonNode dataset) {
    Set<String> columns = new TreeSet<>();
    dataset.path("columns").forEach(it -> columns.add(text(it, "column_name")));
    return columns;
  }

  private static JsonNode node(Map<String, JsonNode> files, String name) {
    return Optional.ofNullable(files.get(name))
        .orElseThrow(() -> new AssertionError(name + " is not among " + files.keySet()));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(it -> texts.add(it.asText()));
    return texts;
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText();
  }
}
