package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.karat.dictionary.CompletedIndicators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationSchemaTest {
  private static final Path CHECKED_IN = Path.of("conf/karat.schema.json");

  @Test
  void theCheckedInSchemaIsTheOneThatIsRead() throws IOException {
    String schema = ConfigurationSchema.json(CompletedIndicators.described());
    if (Boolean.getBoolean("karat.update")) {
      Files.writeString(CHECKED_IN, schema);
    }

    assertEquals(
        Files.readString(CHECKED_IN),
        schema,
        "conf/karat.schema.json is stale: run the tests once with -Dkarat.update=true");
  }

  /** A text belongs to one key; where the same key stands in several blocks, it has one text. */
  @Test
  void noTwoKeysShareAText() throws IOException {
    Map<String, Set<String>> keys = new TreeMap<>();
    collect(schema(), keys);

    assertTrue(keys.size() > 250, () -> keys.size() + " texts");
    keys.values().removeIf(some -> some.size() == 1);
    assertEquals(Map.of(), keys);
  }

  private static void collect(JsonNode schema, Map<String, Set<String>> keys) {
    for (Map.Entry<String, JsonNode> key : schema.path("properties").properties()) {
      keys.computeIfAbsent(key.getValue().path("description").asText(), it -> new TreeSet<>())
          .add(key.getKey());
    }
    schema.forEach(below -> collect(below, keys));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rfm       | weights/properties/recency    | The weight of the recency bin.             | 100
          rfm       | weights/properties/frequency  | The weight of the frequency bin.           | 10
          rfm       | weights/properties/monetary   | The weight of the monetary bin.            | 1
          scorecard | quadrant/properties/current   | The lowest current value that is high.     | 60
          scorecard | quadrant/properties/potential | The lowest potential value that is high.   | 60
          """)
  void aKeyHasItsOwnTextAndDefault(String block, String key, String text, int otherwise)
      throws IOException {
    JsonNode found = schema().at("/properties/%s/anyOf/0/properties/%s".formatted(block, key));

    assertEquals(text, found.path("description").asText());
    assertEquals(otherwise, found.path("default").asInt());
  }

  @Test
  void aWeightIsRequiredAndHasNoDefaultOfAnotherKey() throws IOException {
    JsonNode weight =
        schema()
            .at("/properties/scorecard/anyOf/0/properties/sales/anyOf/0/properties/indicators")
            .at("/additionalProperties/anyOf/1/properties/weight");

    assertEquals(
        "The weight; weights need not add up to 100.", weight.path("description").asText());
    assertTrue(weight.path("default").isMissingNode());
  }

  @Test
  void editorsCompleteIndicatorsAsKeysAndAsValues() throws IOException {
    JsonNode definitions = schema().path("$defs");

    assertEquals(
        "Net sales (last 365 days): Sales minus returns.",
        definitions.at("/indicators/properties/net_sales_amount_365d/description").asText());
    Set<String> names = new TreeSet<>();
    definitions.at("/indicator/anyOf/0/enum").forEach(name -> names.add(name.asText()));
    assertTrue(names.containsAll(Set.of("recency_days", "net_sales_amount_lifetime")), "" + names);
    assertEquals(
        "#/$defs/indicator",
        schema()
            .at("/properties/rfm/anyOf/0/properties/recency/properties/indicator/$ref")
            .asText());
    assertEquals(
        "https://raw.githubusercontent.com/karat-io/karat/main/conf/karat.schema.json",
        schema().path("$id").asText());
  }

  private static JsonNode schema() throws IOException {
    return new JsonMapper().readTree(CHECKED_IN.toFile());
  }
}
