package io.karat.settings;

import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.ObjectFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Rules that the format of an input sets for its path and options: files have paths, a table one, a
 * database none.
 */
record FormatRules(ObjectFields fields, String format) {
  private static final List<String> TABLES = List.of("delta", "iceberg");
  private static final String DELTA_TIME = "timestampAsOf";
  private static final String DELTA_VERSION = "versionAsOf";
  private static final String OPTIONS = "options";
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(passw|pwd=|secret|token=|//[^/@?]*:[^/@?]*@|thin:[^@/]+/[^@]*@).*");

  /** The paths; none, and a problem if there is one, where the source has no path. */
  List<String> paths(Key<List<String>> path) {
    if (isDatabase()) {
      if (fields.has(path)) {
        problem(
            fields.at(path),
            "'%s' is of no use with format jdbc, whose options say where rows are. Remove it.");
      }
      return List.of();
    }

    List<String> paths = fields.of(path);
    if (isTable() && paths.size() > 1) {
      problem(fields.at(path), "'%s' has several paths, expected the one of a table. Keep one.");
    }
    return paths;
  }

  /** Reports what is wrong with the options; no value of them is shown. */
  void check(Map<String, String> options) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(options);
    if (isDatabase()) {
      checkDatabase(byName);
    } else if (is("delta")) {
      checkDelta(byName);
    }
  }

  private void checkDatabase(Map<String, String> options) {
    String url = options.getOrDefault("url", "");
    if (!url.startsWith("jdbc:")) {
      problem(
          option("url"),
          "'%s' is missing or wrong, expected a URL such as jdbc:postgresql://host:5432/database.");
    } else if (SECRET.matcher(url).matches()) {
      problem(
          option("url"),
          "'%s' holds a password, expected the address alone. Write the options user and password:"
              + " ${NAME}.");
    }
    if (options.containsKey("dbtable") == options.containsKey("query")) {
      problem(
          fields.at(OPTIONS),
          "'%s' needs one of: dbtable, the name of a table; query, a SELECT. Write one.");
    }
  }

  private void checkDelta(Map<String, String> options) {
    if (options.containsKey(DELTA_TIME)) {
      problem(
          option(DELTA_TIME),
          "'%s' cannot say which version is meant. Write versionAsOf: and the number of a"
              + " version.");
    }
    if (!options.getOrDefault(DELTA_VERSION, "0").matches("\\d{1,18}")) {
      problem(option(DELTA_VERSION), "'%s' is wrong, expected the number of a version, such as 3.");
    }
  }

  private Location option(String name) {
    Location options = fields.at(OPTIONS);
    return Optional.of(fields.at(OPTIONS, name))
        .filter(at -> !at.equals(fields.at()))
        .orElseGet(() -> options.child(name));
  }

  private void problem(Location at, String sentence) {
    fields.problems().add(at, sentence.formatted(at.key()));
  }

  private boolean isDatabase() {
    return is("jdbc");
  }

  private boolean isTable() {
    return TABLES.contains(format.toLowerCase(Locale.ROOT));
  }

  private boolean is(String name) {
    return format.equalsIgnoreCase(name);
  }
}
