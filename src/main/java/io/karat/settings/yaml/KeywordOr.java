package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Scalar;
import java.util.Optional;

/**
 * Shape of a value, or of a keyword that leaves the value open.
 *
 * @param word such as {@code auto}
 */
public record KeywordOr<T>(String word, Shape<T> shape) implements Shape<Optional<T>> {
  @Override
  public Optional<Optional<T>> read(Value value, Problems problems) {
    if (value instanceof Scalar scalar && scalar.text().equals(word)) {
      return Optional.of(Optional.empty());
    }

    Problems own = new Problems();
    Optional<T> read = shape.read(value, own);
    return read.isPresent() ? Optional.of(read) : refuse(value, "", problems);
  }

  @Override
  public String expected() {
    return "%s or %s".formatted(word, shape.expected());
  }

  @Override
  public ObjectNode schema() {
    return JsonSchema.anyOf(JsonSchema.object().put("const", word), shape.schema());
  }
}
