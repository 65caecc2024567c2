package io.karat.settings;

import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Sequence;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Options of a source that no text shows, such as a password. They change no table. */
public final class SecretOptions {
  /** No options. */
  public static final SecretOptions NONE = new SecretOptions(Map.of());

  private static final String MASK = "***";
  private static final Pattern NAME =
      Pattern.compile(
          "(?i).*(passw|passphrase|pwd|secret|token|credential|private_?key|access_?key).*");
  private static final Pattern REFERENCE = Pattern.compile("\\s*\\$\\{[A-Za-z_][A-Za-z0-9_]*}\\s*");

  private final SortedMap<String, String> values;

  private SecretOptions(Map<String, String> values) {
    this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Those of some options that are secret by their names. */
  static SecretOptions of(Map<String, String> options) {
    Map<String, String> secret = new TreeMap<>(options);
    secret.keySet().removeIf(name -> !isSecret(name));
    return new SecretOptions(secret);
  }

  /** Whether an option of this name is secret. */
  static boolean isSecret(String name) {
    return NAME.matcher(name).matches();
  }

  /** Refuses secrets that the configuration itself holds; they are not repeated. */
  static void requireVariables(Mapping configuration, Problems problems) {
    for (Value input : members(configuration.member("inputs").orElse(configuration)).values()) {
      Value joins = members(input).getOrDefault("join", Mapping.empty(input.at()));
      List<Value> tables = joins instanceof Sequence list ? list.items() : List.of(joins);
      Stream.concat(Stream.of(input), tables.stream())
          .flatMap(source -> Stream.ofNullable(members(source).get("options")))
          .forEach(options -> requireVariables(options, problems));
    }
  }

  private static void requireVariables(Value options, Problems problems) {
    options.replaceScalars(
        scalar -> {
          requireVariable(scalar, problems);
          return scalar;
        });
  }

  private static Map<String, Value> members(Value value) {
    return value instanceof Mapping mapping ? mapping.members() : Map.of();
  }

  private static void requireVariable(Scalar option, Problems problems) {
    String key = option.at().key();
    if (isSecret(key.substring(key.lastIndexOf('.') + 1))
        && !REFERENCE.matcher(option.text()).matches()) {
      problems.add(
          option.at(),
          "'%s' is a secret written out: expected ${NAME}, the name of an environment variable that holds it."
              .formatted(key));
    }
  }

  /** These options with others, for the reader of the source alone. */
  public Map<String, String> with(Map<String, String> others) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(others);
    all.putAll(values);
    return all;
  }

  /** A text with asterisks in place of secrets. */
  public String masked(String text) {
    String masked = text;
    for (String secret : values.values()) {
      masked = secret.isEmpty() ? masked : masked.replace(secret, MASK);
    }
    return masked;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretOptions options && values.equals(options.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.isEmpty() ? "" : MASK;
  }
}
