package io.karat.cli;

import java.util.Map;
import java.util.Properties;

/**
 * Capabilities of the terminal.
 *
 * @param isRewritten whether a transient line is overwritten by the next
 * @param hasColouredResults whether results have colors
 * @param hasColouredRemarks whether the log has colors
 */
record Terminal(boolean isRewritten, boolean hasColouredResults, boolean hasColouredRemarks) {
  /** A pipe or a file, in which every line stays. */
  static final Terminal NONE = new Terminal(false, false, false);

  /**
   * The capabilities that the launcher detected. A terminal with TERM=dumb has neither colors nor
   * overwritten lines, and NO_COLOR switches colors off.
   *
   * @param properties {@code karat.terminal} is true if the log goes to a terminal, {@code
   *     karat.terminal.results} if results do
   */
  static Terminal of(Properties properties, Map<String, String> environment) {
    boolean isDumb = "dumb".equals(environment.get("TERM"));
    boolean hasColours = environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean showsRemarks = is(properties, "karat.terminal") && !isDumb;
    boolean showsResults = is(properties, "karat.terminal.results") && !isDumb;
    return new Terminal(showsRemarks, showsResults && hasColours, showsRemarks && hasColours);
  }

  private static boolean is(Properties properties, String name) {
    return Boolean.parseBoolean(properties.getProperty(name));
  }
}
