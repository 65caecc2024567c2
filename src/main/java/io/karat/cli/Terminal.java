package io.karat.cli;

import java.util.Map;
import java.util.Properties;

/**
 * What can be done with lines once they are written.
 *
 * @param isRewritten whether a passing remark is written over by the next
 * @param hasColouredResults whether results have colours
 * @param hasColouredRemarks whether remarks have colours
 */
record Terminal(boolean isRewritten, boolean hasColouredResults, boolean hasColouredRemarks) {
  /** A pipe or a file, where every line stays as it is. */
  static final Terminal NONE = new Terminal(false, false, false);

  /**
   * What the launcher saw in front of it. A terminal that calls itself dumb has neither colours nor
   * rewritten lines, and NO_COLOR takes the colours away.
   *
   * @param properties {@code karat.terminal} is true where remarks go to a terminal, {@code
   *     karat.terminal.results} where results do
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
