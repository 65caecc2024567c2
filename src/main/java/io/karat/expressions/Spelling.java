package io.karat.expressions;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Spelling suggestions for unknown words. */
public final class Spelling {
  private Spelling() {}

  /**
   * The known word nearest to {@code word}, if at most a third of its letters differ, ignoring
   * case; of equally near ones the first in the alphabet. If none is near, the known word that
   * begins with {@code word}, provided that all others with this beginning extend it too, as {@code
   * customer_id} does for {@code customer}.
   */
  public static Optional<String> closest(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, word.length() / 3);
    return known.stream()
        .map(candidate -> new Guess(candidate, distance(lower, candidate.toLowerCase(Locale.ROOT))))
        .filter(guess -> guess.distance() <= limit)
        .min(Comparator.comparingInt(Guess::distance).thenComparing(Guess::word))
        .map(Guess::word)
        .or(() -> theOneThatBeginsWith(lower + "_", known));
  }

  private static Optional<String> theOneThatBeginsWith(String start, Collection<String> known) {
    List<String> longer = known.stream().filter(word -> word.startsWith(start)).toList();
    return longer.stream()
        .min(Comparator.comparingInt(String::length))
        .filter(shortest -> longer.stream().allMatch(word -> word.startsWith(shortest)));
  }

  /** The suggestion {@code " Did you mean 'x'?"} to end a message with, or an empty text. */
  public static String hint(String word, Collection<String> known) {
    return closest(word, known).map(" Did you mean '%s'?"::formatted).orElse("");
  }

  /**
   * The optimal string alignment distance: insertions, deletions, replacements, and swaps of
   * neighbouring letters.
   */
  public static int distance(String left, String right) {
    int[][] steps = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : fewest(steps, left, right, i, j);
      }
    }

    return steps[left.length()][right.length()];
  }

  private static int fewest(int[][] steps, String left, String right, int i, int j) {
    int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
    int edited = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
    int fewest = Math.min(edited, steps[i - 1][j - 1] + change);
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(fewest, steps[i - 2][j - 2] + 1) : fewest;
  }

  /** Candidate with its distance. */
  private record Guess(String word, int distance) {}
}
