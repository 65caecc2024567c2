package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Unreadable;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shape of a text that may hold a secret: one that is refused is never shown.
 *
 * @param parse empty if the text is not valid
 */
record HiddenText<T>(String expected, Function<String, Optional<T>> parse) implements Shape<T> {
  @Override
  public Optional<T> read(Value value, Problems problems) {
    if (value instanceof Unreadable) {
      return Optional.empty();
    }

    Optional<T> parsed = parse.apply(text(value));
    if (parsed.isEmpty()) {
      problems.add(value.at(), "'%s' is wrong, expected %s.".formatted(value.at().key(), expected));
    }
    return parsed;
  }

  /** The text of a value; empty if it is none. */
  static String text(Value value) {
    return value instanceof Scalar scalar ? scalar.text().strip() : "";
  }

  @Override
  public ObjectNode schema() {
    return JsonSchema.text();
  }
}
