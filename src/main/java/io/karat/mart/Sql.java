package io.karat.mart;

import static java.util.stream.Collectors.joining;

import java.util.Collection;

/** Names and texts as they stand in a statement. */
final class Sql {
  private Sql() {}

  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String names(Collection<String> names) {
    return names.stream().map(Sql::name).collect(joining(", "));
  }

  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
