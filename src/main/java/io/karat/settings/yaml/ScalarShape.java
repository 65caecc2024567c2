package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.expressions.Spelling;
import io.karat.settings.yaml.Value.Scalar;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Shape of a scalar: a text, number or word.
 *
 * @param parse parses a text at its location; empty if the text is not valid
 * @param known words for "did you mean"
 */
public record ScalarShape<T>(
    String expected,
    ObjectNode schema,
    BiFunction<String, Location, Optional<T>> parse,
    Collection<String> known)
    implements Shape<T> {
  public static <T> ScalarShape<T> of(
      String expected, ObjectNode schema, Function<String, Optional<T>> parse) {
    return new ScalarShape<>(expected, schema, (text, at) -> parse.apply(text), List.of());
  }

  @Override
  public Optional<T> read(Value value, Problems problems) {
    if (!(value instanceof Scalar scalar) || scalar.isEmpty()) {
      return refuse(value, "", problems);
    }

    Optional<T> parsed = parse.apply(scalar.text(), scalar.at());
    return parsed.isPresent()
        ? parsed
        : refuse(value, Spelling.hint(scalar.text(), known), problems);
  }
}
