package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Sequence;
import java.util.List;
import java.util.Optional;

/** Shape of a block, or of a list of such blocks. */
public record OneOrMore<T>(Shape<T> block) implements Shape<List<T>> {
  @Override
  public Optional<List<T>> read(Value value, Problems problems) {
    if (value instanceof Scalar scalar && !scalar.isEmpty()) {
      return refuse(value, "", problems);
    }

    return value instanceof Sequence list
        ? Optional.of(
            list.items().stream().flatMap(item -> block.read(item, problems).stream()).toList())
        : block.read(value, problems).map(List::of);
  }

  @Override
  public String expected() {
    return block.expected() + ", or a list of them";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode list = JsonSchema.type("array");
    list.set("items", block.schema());
    return JsonSchema.anyOf(block.schema(), list);
  }
}
