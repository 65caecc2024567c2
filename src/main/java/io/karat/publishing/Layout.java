package io.karat.publishing;

import java.time.LocalDate;
import java.util.regex.Pattern;

/** Paths of files within the output folder. */
final class Layout {
  static final String COMMITS = "commits";
  static final String RELEASES = "releases";

  /** Where former versions wrote tables before they moved them. */
  static final String STAGING = "staging";

  static final String HISTORY = "history";
  static final String MODELS = "models";
  static final String MATCHING = "matching";
  static final String LOCKS = "lock";
  static final String INDEX_FILE = "index.html";
  static final String CURRENT_FILE = "current.json";
  static final String CURRENT_LINK = "current";

  /**
   * The file that is written last into the folder of an attempt; without it, it is not complete.
   */
  static final String MANIFEST = "run.json";

  /** The name of an attempt at a run; those of former versions are numbers. */
  private static final Pattern ATTEMPT = Pattern.compile("\\d{1,18}(-[0-9a-f]{8})?");

  private static final Pattern NIGHT = Pattern.compile("as_of_date=\\d{4,}-\\d{2}-\\d{2}");
  private static final Pattern RUN = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private Layout() {}

  /** Whether a run may have this id. */
  static boolean isRun(String name) {
    return RUN.matcher(name).matches();
  }

  /** Whether a folder of this name holds an attempt at a run. */
  static boolean isAttempt(String name) {
    return ATTEMPT.matcher(name).matches();
  }

  /** Whether a folder of this name holds a night of the history. */
  static boolean isNight(String name) {
    return NIGHT.matcher(name).matches();
  }

  /** Whether the folder of an attempt is that of its run, as former versions had it. */
  static boolean isFormer(String attempt) {
    return attempt.matches("[^/]+/[^/]+");
  }

  static String commit(long number) {
    return "%s/%d.json".formatted(COMMITS, number);
  }

  static String lease(long number) {
    return "%s/%d.json".formatted(LOCKS, number);
  }

  /** The folder of all attempts at a run. */
  static String runOf(String runId) {
    return "%s/%s".formatted(RELEASES, runId);
  }

  static String release(String runId, String attempt) {
    return "%s/%s/%s".formatted(RELEASES, runId, attempt);
  }

  /** The folder, within that of an attempt, of what it keeps for the next night. */
  static String state(String attempt) {
    return "%s/_state".formatted(attempt);
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
