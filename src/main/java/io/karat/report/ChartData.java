package io.karat.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.run.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Data of a chart for the page's script: numbers with their labels. */
final class ChartData {
  private static final int PLACES = 4;

  private final ObjectNode data = Json.TREES.createObjectNode();

  private ChartData(String kind) {
    data.put("kind", kind);
  }

  /** Starts a chart of a kind that the script knows. */
  static ChartData of(String kind) {
    return new ChartData(kind);
  }

  /** An empty node of a chart. */
  static ObjectNode node() {
    return Json.TREES.createObjectNode();
  }

  ChartData put(String name, String text) {
    data.put(name, text);
    return this;
  }

  ChartData put(String name, BigDecimal number) {
    data.set(name, number(number));
    return this;
  }

  ChartData put(String name, List<String> texts) {
    ArrayNode all = data.putArray(name);
    texts.forEach(all::add);
    return this;
  }

  ChartData add(String name, JsonNode node) {
    data.withArray(name).add(node);
    return this;
  }

  /** Adds a value to a series, with its label and what is said when pointed at. */
  static void add(ObjectNode series, JsonNode value, String label, String tip) {
    series.withArray("values").add(value);
    series.withArray("labels").add(label);
    series.withArray("tips").add(tip);
  }

  /** Names the two axes. */
  ChartData axes(String x, String y) {
    return put("xName", x).put("yName", y);
  }

  /** A number rounded half up to four decimals, which are enough for a chart. */
  static JsonNode number(BigDecimal number) {
    return Json.TREES
        .getNodeFactory()
        .numberNode(number.setScale(PLACES, RoundingMode.HALF_UP).stripTrailingZeros());
  }

  /** A share as a percentage. */
  static JsonNode percent(BigDecimal share) {
    return number(share.movePointRight(2));
  }

  Section.Drawing drawing(String id, int height, String title) {
    return new Section.Drawing(id, text(data), height, title);
  }

  /** JSON that is safe in a script element: it can neither end the element nor begin another. */
  static String text(JsonNode node) {
    try {
      return Json.TREES
          .writeValueAsString(node)
          .replace("&", "\\u0026")
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
