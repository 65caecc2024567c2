package io.karat.mart;

import static java.util.stream.Collectors.joining;

import java.util.Collection;

/** Quoted names and texts for statements. */
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
