package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Unreadable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Shape of a PostgreSQL URL without user and password. A refused value is never shown, as it may
 * hold a password.
 */
record DatabaseUrl() implements Shape<String> {
  private static final Pattern SECRET = Pattern.compile("(?i).*(passw|pwd|@|[?&]user=).*");
  private static final Pattern URL =
      Pattern.compile("jdbc:postgresql:(//[^/?\\s]+/)?[^/?\\s]+(\\?\\S*)?");

  @Override
  public Optional<String> read(Value value, Problems problems) {
    if (value instanceof Unreadable) {
      return Optional.empty();
    }

    String text = value instanceof Scalar scalar ? scalar.text().strip() : "";
    String key = value.at().key();
    if (SECRET.matcher(text).matches()) {
      problems.add(
          value.at(),
          "'%s' holds a user or a password, expected the address alone. Write output.postgresql.user,"
                  .formatted(key)
              + " and give the password in an environment variable or a file.");
      return Optional.empty();
    }
    if (!URL.matcher(text).matches()) {
      problems.add(value.at(), "'%s' is wrong, expected %s.".formatted(key, expected()));
      return Optional.empty();
    }
    return Optional.of(text);
  }

  @Override
  public String expected() {
    return "a URL such as jdbc:postgresql://host:5432/database";
  }

  @Override
  public ObjectNode schema() {
    return JsonSchema.text();
  }
}
