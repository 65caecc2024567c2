package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Unreadable;
import java.util.Optional;

/**
 * What a value must look like. One definition reads it from a file, words its message and describes
 * it to an editor.
 */
public interface Shape<T> {
  /** The value, or empty where it could not be read and the problem is noted. */
  Optional<T> read(Value value, Problems problems);

  /** What was expected, in words, for a message. */
  String expected();

  /** The same as JSON Schema. */
  ObjectNode schema();

  /** Notes that {@code value} does not have this shape, unless its problem is noted already. */
  default Optional<T> refuse(Value value, String hint, Problems problems) {
    if (!(value instanceof Unreadable)) {
      problems.add(
          value.at(),
          "'%s' is %s, expected %s.%s"
              .formatted(value.at().key(), value.found(), expected(), hint));
    }

    return Optional.empty();
  }
}
