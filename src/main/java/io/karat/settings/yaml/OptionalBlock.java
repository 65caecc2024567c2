package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Scalar;
import java.util.Optional;

/**
 * Shape of a value that {@code false} switches off.
 *
 * @param off the value when switched off
 */
public record OptionalBlock<T>(Shape<T> shape, T off) implements Shape<T> {
  private static final String OFF = "false";

  /** The shape of an optional value; {@code false} makes it empty. */
  public static <T> OptionalBlock<Optional<T>> optional(Shape<T> shape) {
    return new OptionalBlock<>(new Present<>(shape), Optional.empty());
  }

  @Override
  public Optional<T> read(Value value, Problems problems) {
    if (!(value instanceof Scalar scalar) || scalar.isEmpty()) {
      return shape.read(value, problems);
    }

    return scalar.text().equals(OFF) ? Optional.of(off) : refuse(value, "", problems);
  }

  @Override
  public String expected() {
    return shape.expected() + ", or false to switch it off";
  }

  @Override
  public ObjectNode schema() {
    return JsonSchema.anyOf(shape.schema(), JsonSchema.object().put("const", false));
  }

  /** Shape of a value that is present. */
  private record Present<T>(Shape<T> shape) implements Shape<Optional<T>> {
    @Override
    public Optional<Optional<T>> read(Value value, Problems problems) {
      Optional<T> read = shape.read(value, problems);
      return read.isPresent() ? Optional.of(read) : Optional.empty();
    }

    @Override
    public String expected() {
      return shape.expected();
    }

    @Override
    public ObjectNode schema() {
      return shape.schema();
    }
  }
}
