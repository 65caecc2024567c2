package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shape of names of columns with the names that another table has for them: a name, a list of names
 * and pairs, or a mapping.
 *
 * @param least the least number of columns: 0 or 1
 */
record ColumnPairs(int least) implements Shape<Map<String, String>> {
  private static final Shape<String> NAME = Shapes.text("the name of a column");
  private static final String EXPECTED =
      "columns, such as [order_id] where both tables have that name, or {InvoiceNo: order_id}";
  private static final MapOf<String> PAIRS = new MapOf<>(NAME, EXPECTED, false);

  @Override
  public Optional<Map<String, String>> read(Value value, Problems problems) {
    if (isEmpty(value)) {
      return least > 0 ? refuse(value, "", problems) : Optional.of(Map.of());
    }

    List<Value> items = value instanceof Sequence list ? list.items() : List.of(value);
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Value item : items) {
      Optional<Map<String, String>> read = item(item, problems);
      if (read.isEmpty()) {
        return Optional.empty();
      }

      for (Map.Entry<String, String> pair : read.get().entrySet()) {
        boolean isTwice = pairs.keySet().stream().anyMatch(pair.getKey()::equalsIgnoreCase);
        if (isTwice) {
          problems.add(
              item.at(),
              "'%s' has '%s' twice. Keep one.".formatted(value.at().key(), pair.getKey()));
        }
        pairs.putIfAbsent(pair.getKey(), pair.getValue());
      }
    }
    return Optional.of(pairs);
  }

  private static boolean isEmpty(Value value) {
    return (value instanceof Scalar scalar && scalar.isEmpty())
        || (value instanceof Sequence list && list.items().isEmpty())
        || (value instanceof Mapping mapping && mapping.members().isEmpty());
  }

  private Optional<Map<String, String>> item(Value item, Problems problems) {
    if (item instanceof Mapping) {
      return PAIRS.read(item, problems);
    }
    return item instanceof Scalar scalar && !scalar.isEmpty()
        ? NAME.read(item, problems).map(name -> Map.of(name, name))
        : refuse(item, "", problems);
  }

  @Override
  public String expected() {
    return EXPECTED;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode item = JsonSchema.anyOf(NAME.schema(), PAIRS.schema());
    ObjectNode list = new ListOf<>(NAME, EXPECTED, least, false).schema();
    list.set("items", item);
    return JsonSchema.anyOf(NAME.schema(), PAIRS.schema(), list);
  }
}
