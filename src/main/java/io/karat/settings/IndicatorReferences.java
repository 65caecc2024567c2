package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * References to indicators, as values and as keys. In the schema they point to the built-in ones,
 * which editors complete; any other name is valid too.
 */
final class IndicatorReferences {
  static final String EXPECTED = "the name of an indicator";

  private static final String ONE = "indicator";
  private static final String KEYS = "indicators";

  private IndicatorReferences() {}

  /** The shape of a name. */
  static Shape<String> one() {
    return one(EXPECTED);
  }

  static Shape<String> one(String expected) {
    return new ScalarShape<>(
        expected, schema(), (text, at) -> Optional.of(text.strip()), List.of());
  }

  /** The schema of a name. */
  static ObjectNode schema() {
    return reference(ONE);
  }

  /** The shape of a mapping whose keys are names. */
  static <T> Shape<Map<String, T>> keysOf(MapOf<T> members) {
    return new Keys<>(members);
  }

  /**
   * Adds what the schemas refer to.
   *
   * @param described the built-in names with their meanings
   */
  static void define(ObjectNode definitions, Map<String, String> described) {
    ObjectNode builtIn = JsonSchema.object();
    described.keySet().forEach(builtIn.putArray("enum")::add);
    definitions.set(ONE, JsonSchema.anyOf(builtIn, JsonSchema.text()));
    ObjectNode keys = definitions.putObject(KEYS).putObject("properties");
    described.forEach((name, meaning) -> keys.putObject(name).put("description", meaning));
  }

  private static ObjectNode reference(String definition) {
    return JsonSchema.object().put("$ref", "#/$defs/" + definition);
  }

  /** Shape of a mapping whose keys are names of indicators. */
  private record Keys<T>(MapOf<T> members) implements Shape<Map<String, T>> {
    @Override
    public Optional<Map<String, T>> read(Value value, Problems problems) {
      return members.read(value, problems);
    }

    @Override
    public String expected() {
      return members.expected();
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = members.schema();
      schema.putArray("allOf").add(reference(KEYS));
      return schema;
    }
  }
}
