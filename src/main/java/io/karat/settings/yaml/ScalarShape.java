package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Scalar;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A single value: a text, a number, a word.
 *
 * @param parse the value of a text at its place, or empty where the text is not one
 * @param known the words to take a "did you mean" from
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
