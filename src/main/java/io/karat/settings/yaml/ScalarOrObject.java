package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Mapping;
import java.util.Optional;

/** Shape of a bare value, or of a mapping with more details. */
public record ScalarOrObject<T>(Shape<T> bare, ObjectShape<T> block) implements Shape<T> {
  @Override
  public Optional<T> read(Value value, Problems problems) {
    return value instanceof Mapping ? block.read(value, problems) : bare.read(value, problems);
  }

  @Override
  public String expected() {
    return bare.expected();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode mapping = block.schema();
    mapping.put("type", "object");
    return JsonSchema.anyOf(bare.schema(), mapping);
  }
}
