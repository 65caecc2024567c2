package io.karat.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that a configuration takes from the environment, and that no text shows: each is shown as
 * the reference to its variable, however it is written.
 */
final class Secrets {
  /** Shorter values are parts of other words and numbers; they count where they stand alone. */
  private static final int SHORT = 6;

  private static final Pattern INSIDE =
      Pattern.compile(
          "://[^/@:\\s]*:([^/@\\s]+)@|[?&;](?:\\w*passw\\w*|\\w*pwd|\\w*token|\\w*secret)=([^&;\\s]+)",
          Pattern.CASE_INSENSITIVE);

  private final Map<String, String> references =
      new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(text -> text));

  /** The environment; the variables that are looked up in it become secrets. */
  Map<String, String> watching(Map<String, String> environment) {
    return new WatchedVariables(environment, this);
  }

  /** Adds the value of a variable, and the addresses and passwords inside it. */
  synchronized void add(String name, String value) {
    String reference = "${%s}".formatted(name);
    for (String text : parts(value)) {
      String stripped = text.strip();
      references.putIfAbsent(stripped, reference);
      references.putIfAbsent(URLEncoder.encode(stripped, StandardCharsets.UTF_8), reference);
      references.putIfAbsent(
          URLEncoder.encode(stripped, StandardCharsets.UTF_8).replace("+", "%20"), reference);
      references.putIfAbsent(stripped.replace("'", "''"), reference);
      references.putIfAbsent(stripped.replace("\\", "\\\\").replace("\"", "\\\""), reference);
    }
    references.remove("");
  }

  private static Set<String> parts(String value) {
    Set<String> parts = new LinkedHashSet<>(Set.of(value));
    value.lines().filter(line -> line.strip().length() >= SHORT).forEach(parts::add);
    parts.add(value.replaceFirst("[?;].*", ""));
    for (MatchResult inside : INSIDE.matcher(value).results().toList()) {
      parts.add(inside.group(1) == null ? inside.group(2) : inside.group(1));
    }
    return parts;
  }

  /** A text with references in place of the values. */
  synchronized String masked(String text) {
    String masked = text;
    for (Map.Entry<String, String> secret : references.entrySet()) {
      masked =
          pattern(secret.getKey())
              .matcher(masked)
              .replaceAll(Matcher.quoteReplacement(secret.getValue()));
    }
    return masked;
  }

  private static Pattern pattern(String value) {
    String literal = Pattern.quote(value);
    return value.length() < SHORT
        ? Pattern.compile("(?<=['\"/=:@])%s(?=['\"/:@&?;]|$)".formatted(literal))
        : Pattern.compile(literal, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
