package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Shape of a mapping whose keys the business chooses, in the order of the file.
 *
 * @param columns whether the keys become names of columns, so that they must be snake_case
 */
public record MapOf<T>(Shape<T> value, String expected, boolean columns)
    implements Shape<Map<String, T>> {
  private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]*");

  @Override
  public Optional<Map<String, T>> read(Value found, Problems problems) {
    if (found instanceof Scalar scalar && scalar.isEmpty()) {
      return Optional.of(Map.of());
    }

    if (!(found instanceof Mapping mapping)) {
      return refuse(found, "", problems);
    }

    Map<String, T> members = new LinkedHashMap<>();
    mapping
        .members()
        .forEach(
            (name, member) -> {
              checkName(name, member.at(), problems);
              value.read(member, problems).ifPresent(read -> members.put(name, read));
            });
    return Optional.of(members);
  }

  private void checkName(String name, Location at, Problems problems) {
    if (columns && !COLUMN.matcher(name).matches()) {
      problems.add(
          at,
          "'%s' is not a name: expected a-z, then a-z, 0-9 and _, e.g. web_sales."
              .formatted(at.key()));
    }
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonSchema.typeOrNull("object");
    if (columns) {
      schema.putObject("propertyNames").put("pattern", "^" + COLUMN.pattern() + "$");
    }

    schema.set("additionalProperties", value.schema());
    return schema;
  }
}
