package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Value;
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
  private static final HiddenText<String> ADDRESS =
      new HiddenText<>(
          "a URL such as jdbc:postgresql://host:5432/database",
          text -> Optional.of(text).filter(URL.asMatchPredicate()));

  @Override
  public Optional<String> read(Value value, Problems problems) {
    if (!SECRET.matcher(HiddenText.text(value)).matches()) {
      return ADDRESS.read(value, problems);
    }

    problems.add(
        value.at(),
        "'%s' holds a user or a password, expected the address alone. Write output.postgresql.user,"
                .formatted(value.at().key())
            + " and give the password in an environment variable or a file.");
    return Optional.empty();
  }

  @Override
  public String expected() {
    return ADDRESS.expected();
  }

  @Override
  public ObjectNode schema() {
    return ADDRESS.schema();
  }
}
