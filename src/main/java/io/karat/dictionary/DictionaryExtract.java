package io.karat.dictionary;

import io.karat.expressions.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Extract of a dictionary: the rows of its tables that define a word or, if none does, that mention
 * it, each table below its headings.
 *
 * @param document the dictionary as Markdown
 */
public record DictionaryExtract(String document) {
  /** The rows about a word, as Markdown; empty if there are none. */
  public Optional<String> about(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return rows(row -> name(row).equalsIgnoreCase(word))
        .or(() -> rows(row -> row.toLowerCase(Locale.ROOT).contains(lower)));
  }

  /** The defined word that is spelt most like another; empty if none is near. */
  public Optional<String> nearest(String word) {
    return Spelling.closest(
        word, document.lines().map(DictionaryExtract::name).filter(it -> !it.isEmpty()).toList());
  }

  private Optional<String> rows(Predicate<String> isWanted) {
    List<String> lines = new ArrayList<>();
    List<String> above = new ArrayList<>();
    String before = "";
    for (String line : document.lines().toList()) {
      if (line.startsWith("#")) {
        above.removeIf(it -> it.startsWith("|") || level(it) >= level(line));
        above.add(line);
      } else if (line.startsWith("|---")) {
        above.removeIf(it -> it.startsWith("|"));
        above.add(before);
        above.add(line);
      } else if (isRow(line) && isWanted.test(line)) {
        above.forEach(it -> lines.add(it.startsWith("#") && !lines.isEmpty() ? "\n" + it : it));
        above.clear();
        lines.add(line);
      }
      before = line;
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
  }

  /** Whether a line defines something: a row whose first cell is code, or an item of a list. */
  private static boolean isRow(String line) {
    return line.startsWith("| `") || line.startsWith("- ");
  }

  private static int level(String heading) {
    return heading.length() - heading.replaceFirst("^#+", "").length();
  }

  /** The word in the first cell of a row. */
  private static String name(String line) {
    return line.startsWith("| `") ? line.substring(3).replaceFirst("`.*", "") : "";
  }
}
