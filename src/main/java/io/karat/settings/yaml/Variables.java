package io.karat.settings.yaml;

import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Unreadable;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Environment variables for scalars: {@code ${NAME}}, or {@code ${NAME:-default}} if it may be
 * unset or empty. A doubled dollar sign before the brace makes it literal.
 */
public record Variables(Map<String, String> environment, Problems problems) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?})?");

  private static final String NAMELESS =
      "'%s' has a '${' without the name of a variable: expected ${NAME} or ${NAME:-default}. Write"
          + " $${ for a literal ${.";
  private static final String UNSET =
      "'%s' uses the variable '%s', which is not set. Set it or write ${%s:-default}.";

  public Value expand(Value value) {
    return value.replaceScalars(this::expand);
  }

  private Value expand(Scalar scalar) {
    StringBuilder text = new StringBuilder();
    Matcher reference = REFERENCE.matcher(scalar.text());
    while (reference.find()) {
      Optional<String> replacement = replacement(reference, scalar);
      if (replacement.isEmpty()) {
        return new Unreadable(scalar.at());
      }

      reference.appendReplacement(text, Matcher.quoteReplacement(replacement.get()));
    }

    return new Scalar(
        scalar.at(), reference.appendTail(text).toString(), scalar.quoted(), scalar.shown());
  }

  private Optional<String> replacement(MatchResult reference, Scalar scalar) {
    return switch (reference.group()) {
      case "$${" -> Optional.of("${");
      case "${" -> refuse(scalar, NAMELESS.formatted(scalar.at().key()));
      default -> value(reference, scalar);
    };
  }

  private Optional<String> value(MatchResult reference, Scalar scalar) {
    String name = reference.group(1);
    Optional<String> value = value(name, Optional.ofNullable(reference.group(2)));
    return value.isPresent()
        ? value
        : refuse(scalar, UNSET.formatted(scalar.at().key(), name, name));
  }

  private Optional<String> value(String name, Optional<String> otherwise) {
    Optional<String> set = Optional.ofNullable(environment.get(name));
    return otherwise.isPresent() ? set.filter(text -> !text.isEmpty()).or(() -> otherwise) : set;
  }

  private Optional<String> refuse(Scalar scalar, String message) {
    problems.add(scalar.at(), message);
    return Optional.empty();
  }
}
