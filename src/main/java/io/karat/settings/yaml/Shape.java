package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Unreadable;
import java.util.Optional;

/**
 * Shape of a value: one definition reads it, words the message about it, and describes it as JSON
 * Schema.
 */
public interface Shape<T> {
  /** Reads the value; empty if it is not readable and the problem is reported. */
  Optional<T> read(Value value, Problems problems);

  /** The expected value, in words, for messages. */
  String expected();

  /** The shape as JSON Schema. */
  ObjectNode schema();

  /**
   * Reports that {@code value} does not have this shape, unless its problem is reported already.
   */
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
