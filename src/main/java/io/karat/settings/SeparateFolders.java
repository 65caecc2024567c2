package io.karat.settings;

import io.karat.settings.yaml.ObjectFields;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rule that inputs, output and metrics are apart: no night reads its own tables, only the
 * aliases that were accepted on command; and the metrics replace nothing that a night needs.
 */
record SeparateFolders(PathElements output, PathElements metrics, ObjectFields fields) {
  private static final String OUTPUT = "output";
  private static final String PATH = "path";
  private static final String METRICS = "metrics_file";
  private static final String ALIASES = "aliases";

  /** Folders in the output folder that have tables. */
  private static final List<String> OF_TABLES =
      List.of("releases", "history", "staging", "current", "matching");

  /** Names in the output folder that are not for metrics. */
  private static final Pattern OF_OUTPUT =
      Pattern.compile(
          "|\\..*|.*\\.json|index\\.html|current|commits|releases|staging|history|models|matching|state|lock.*");

  /** Reports what is not apart. */
  static void require(Settings settings, ObjectFields fields) {
    SeparateFolders rule =
        new SeparateFolders(
            PathElements.of(settings.output().path()),
            PathElements.of(settings.output().metricsFile()),
            fields);
    for (InputSettings input : settings.inputs().all()) {
      String table = input.table().tableName();
      input.paths().forEach(path -> rule.requireApart(path, table, PATH));
      input
          .joins()
          .forEach(join -> join.paths().forEach(to -> rule.requireApart(to, table, "join")));
    }
    rule.requireMetrics();
  }

  private void requireApart(String path, String table, String name) {
    PathElements input = PathElements.of(path);
    String key = "inputs.%s.%s".formatted(table, name);
    if (table.equals(ALIASES) && input.equals(output.within(MatchingSettings.ALIASES_FILE))) {
      return;
    }
    if (output.isIn(input)) {
      report(
          "'output.path' lies in '%s', so that the next night would read its own tables. Set it to a folder outside."
              .formatted(key),
          OUTPUT,
          PATH);
    } else if (input.startsWith(output) || input.reaches(output, OF_TABLES)) {
      report(
          "'%s' lies in 'output.path', where nights write their own tables. Name a path outside."
              .formatted(key),
          "inputs",
          table,
          name);
    } else if (metrics.isIn(input)) {
      report(
          "'output.metrics_file' lies in '%s', so that the next night would read it. Name a file outside."
              .formatted(key),
          OUTPUT,
          METRICS);
    }
  }

  private void requireMetrics() {
    boolean replaces = metrics.isIn(output) && OF_OUTPUT.matcher(metrics.below(output)).matches();
    if (replaces || (output.isIn(metrics) && !metrics.isIn(output))) {
      report(
          "'output.metrics_file' would replace a file or folder that Karat keeps in 'output.path'."
              + " Name another file, such as metrics.prom in that folder.",
          OUTPUT,
          METRICS);
    }
  }

  private void report(String message, String... path) {
    fields.problems().add(fields.at(path), message);
  }
}
