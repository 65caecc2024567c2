package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Scalar;
import java.util.Optional;

/** Shape of an option of a Spark source, whose blanks are kept, as a delimiter may be one. */
public record OptionText() implements Shape<String> {
  @Override
  public Optional<String> read(Value value, Problems problems) {
    return value instanceof Scalar scalar && (scalar.quoted() || !scalar.isEmpty())
        ? Optional.of(scalar.text())
        : refuse(value, "", problems);
  }

  @Override
  public String expected() {
    return "text, in quotes if it is empty";
  }

  @Override
  public ObjectNode schema() {
    return JsonSchema.text();
  }
}
