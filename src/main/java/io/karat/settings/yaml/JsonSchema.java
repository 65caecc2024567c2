package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Sequence;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/** JSON Schema fragments that the configuration needs. */
public final class JsonSchema {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private JsonSchema() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ObjectNode type(String type) {
    return object().put("type", type);
  }

  /** Schema of a scalar that is read as text. */
  public static ObjectNode text() {
    ObjectNode schema = object();
    schema.putArray("type").add("string").add("number").add("boolean");
    return schema;
  }

  /**
   * Schema of a type or null: a mapping may be left empty, as when all of its keys are commented
   * out.
   */
  public static ObjectNode typeOrNull(String type) {
    ObjectNode schema = object();
    schema.putArray("type").add(type).add("null");
    return schema;
  }

  public static ObjectNode anyOf(JsonNode... alternatives) {
    ObjectNode schema = object();
    ArrayNode list = schema.putArray("anyOf");
    for (JsonNode alternative : alternatives) {
      list.add(alternative);
    }

    return schema;
  }

  /** Schema of the same value, or of a text with an environment variable. */
  public static ObjectNode orVariable(ObjectNode schema) {
    return anyOf(schema, aVariable());
  }

  public static ObjectNode aVariable() {
    return object().put("$ref", "#/$defs/variable");
  }

  /**
   * Definition to which {@link #aVariable} refers: a text that contains an environment variable.
   */
  public static ObjectNode variableDefinition() {
    return type("string").put("pattern", "\\$\\{");
  }

  public static JsonNode of(Value value) {
    if (value instanceof Sequence list) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      list.items().forEach(item -> items.add(of(item)));
      return items;
    }

    if (value instanceof Mapping mapping) {
      ObjectNode members = object();
      for (Map.Entry<String, Value> member : mapping.members().entrySet()) {
        members.set(member.getKey(), of(member.getValue()));
      }

      return members;
    }

    return value instanceof Scalar scalar ? single(scalar.text()) : TextNode.valueOf("");
  }

  private static JsonNode single(String text) {
    if (NUMBER.matcher(text).matches()) {
      return DecimalNode.valueOf(new BigDecimal(text));
    }

    return text.equals("true") || text.equals("false")
        ? BooleanNode.valueOf(Boolean.parseBoolean(text))
        : TextNode.valueOf(text);
  }
}
