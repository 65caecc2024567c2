package io.karat.settings.yaml;

import io.karat.run.UsageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Problems of a configuration, collected so that all can be corrected at once. Every reader adds
 * what it finds; nothing is thrown before {@link #throwIfAny}.
 */
public final class Problems {
  private static final Pattern LINE = Pattern.compile("(?!--set ).*:(\\d+)", Pattern.DOTALL);

  private final Set<Problem> problems = new LinkedHashSet<>();

  /**
   * Adds a problem. The message names the key, the value found, the expected value and the
   * correction. The same message at the same location counts once.
   */
  public void add(Location at, String message) {
    problems.add(new Problem(line(at), at.where() + ": " + message));
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /**
   * The messages in the order of the file; those of {@code --set} come last, in the order given.
   */
  public List<String> messages() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .map(Problem::message)
        .toList();
  }

  /**
   * Ends the command if there are problems.
   *
   * @throws UsageException with one line per problem
   */
  public void throwIfAny() {
    if (isEmpty()) {
      return;
    }

    List<String> lines = new ArrayList<>(messages());
    if (lines.size() > 1) {
      lines.add(0, "Configuration has %d problems:".formatted(problems.size()));
    }
    throw new UsageException(lines);
  }

  private static int line(Location at) {
    Matcher line = LINE.matcher(at.where());
    return line.matches() ? Integer.parseInt(line.group(1)) : Integer.MAX_VALUE;
  }

  /** Message with the line of its location. */
  private record Problem(int line, String message) {}
}
