package io.karat.settings.yaml;

import io.karat.run.UsageException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that is wrong with a configuration, so that it is put right in one go. Whoever reads a
 * part of it adds what it finds; nothing is thrown before {@link #throwIfAny}.
 */
public final class Problems {
  private static final Pattern LINE = Pattern.compile("(?!--set ).*:(\\d+)", Pattern.DOTALL);

  private final Set<Problem> problems = new LinkedHashSet<>();

  /**
   * Notes a problem; a message names the key, the value found, what was expected, what to do. The
   * same message at the same place counts once.
   */
  public void add(Location at, String message) {
    problems.add(new Problem(line(at), at.where() + ": " + message));
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** The messages by position in the file; those of {@code --set} come last, as given. */
  public List<String> messages() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .map(Problem::message)
        .toList();
  }

  /**
   * Ends the command when there is anything to put right.
   *
   * @throws UsageException with one line per problem
   */
  public void throwIfAny() {
    if (isEmpty()) {
      return;
    }

    String lines = String.join("\n", messages());
    throw new UsageException(
        problems.size() == 1
            ? lines
            : "Configuration has %d problems:\n%s".formatted(problems.size(), lines));
  }

  private static int line(Location at) {
    Matcher line = LINE.matcher(at.where());
    return line.matches() ? Integer.parseInt(line.group(1)) : Integer.MAX_VALUE;
  }

  private record Problem(int line, String message) {}
}
