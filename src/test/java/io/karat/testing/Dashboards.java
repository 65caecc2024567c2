package io.karat.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** Dashboards for BI tools under {@code conf/dashboards}, as the tools read them. */
public final class Dashboards {
  public static final Path FOLDER = Path.of("conf", "dashboards");

  private static final Path SUPERSET = FOLDER.resolve("superset");
  private static final Path METABASE = FOLDER.resolve("metabase");

  private Dashboards() {}

  /** The files of a kind in the bundle for Superset, such as charts, by name. */
  public static Map<String, JsonNode> superset(String kind) throws IOException {
    return read(SUPERSET.resolve(kind));
  }

  /** The files for Metabase, by name. */
  public static Map<String, JsonNode> metabase() throws IOException {
    return read(METABASE);
  }

  /** The files for Metabase that are of a model, such as Card, by name. */
  public static Map<String, JsonNode> metabase(String model) throws IOException {
    Map<String, JsonNode> files = metabase();
    files
        .values()
        .removeIf(it -> !it.path("serdes/meta").path(0).path("model").asText().equals(model));
    return files;
  }

  /**
   * The queries of both bundles, with the columns and their types that charts count on.
   *
   * @param customer the customer whose path is asked for
   */
  public static Map<String, Map<String, String>> queries(String customer) throws IOException {
    Map<String, Map<String, String>> queries = new LinkedHashMap<>();
    Map<String, JsonNode> cards = metabase("Card");
    superset("datasets")
        .forEach(
            (name, dataset) -> {
              Map<String, String> columns = new LinkedHashMap<>();
              dataset
                  .path("columns")
                  .forEach(
                      it -> columns.put(it.path("column_name").asText(), it.path("type").asText()));
              queries.put(dataset.path("sql").asText(), columns);
              queries.put(
                  sql(cards.getOrDefault(name, dataset))
                      .replace("{{customer}}", "'%s'".formatted(customer)),
                  columns);
            });
    return queries;
  }

  /** The query of a card of Metabase. */
  public static String sql(JsonNode card) {
    return card.path("dataset_query").path("native").path("query").asText();
  }

  /** Statements that make the views of a DuckDB file. */
  public static List<String> views(String output) throws IOException {
    String script = Files.readString(FOLDER.resolve("duckdb.sql")).replaceAll("(?m)^--.*\n", "");
    return Stream.of(script.replace("'out/", "'" + output + "/").split(";"))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private static Map<String, JsonNode> read(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(it -> it.toString().endsWith(".yaml")).forEach(files::add);
    }
    Map<String, JsonNode> read = new TreeMap<>();
    for (Path file : files) {
      Object document = new Yaml().load(Files.readString(file));
      read.put(
          file.getFileName().toString().replace(".yaml", ""),
          new ObjectMapper().valueToTree(document));
    }
    return read;
  }
}
