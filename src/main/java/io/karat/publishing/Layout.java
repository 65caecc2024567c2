package io.karat.publishing;

import java.time.LocalDate;

/** Paths of files within the output folder. */
final class Layout {
  static final String COMMITS = "commits";
  static final String RELEASES = "releases";
  static final String STAGING = "staging";
  static final String HISTORY = "history";
  static final String MODELS = "models";
  static final String LOCKS = "lock";
  static final String CURRENT_FILE = "current.json";
  static final String CURRENT_LINK = "current";

  /** The file that is written last into a staging folder; a folder without it is not complete. */
  static final String MANIFEST = "run.json";

  private Layout() {}

  static String commit(long number) {
    return "%s/%d.json".formatted(COMMITS, number);
  }

  static String lease(long number) {
    return "%s/%d.json".formatted(LOCKS, number);
  }

  static String release(String runId) {
    return "%s/%s".formatted(RELEASES, runId);
  }

  static String staging(String runId) {
    return "%s/%s".formatted(STAGING, runId);
  }

  static String staging(String runId, String attempt) {
    return "%s/%s/%s".formatted(STAGING, runId, attempt);
  }

  static String models(String kind) {
    return "%s/%s".formatted(MODELS, kind);
  }

  static String model(String kind, String id) {
    return "%s/%s/%s.json".formatted(MODELS, kind, id);
  }

  static String fits(String kind) {
    return "%s/%s/fits".formatted(MODELS, kind);
  }

  static String fit(String kind, long number) {
    return "%s/%s/fits/%d.json".formatted(MODELS, kind, number);
  }

  static String history(LocalDate asOf, String runId, String attempt) {
    return "%s/as_of_date=%s/%s/%s".formatted(HISTORY, asOf, runId, attempt);
  }
}
