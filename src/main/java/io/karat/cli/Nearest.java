package io.karat.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Nearest {
  private Nearest() {}

  /** The closest of {@code known} to {@code typed}, if at most every third letter differs. */
  static Optional<String> to(String typed, Collection<String> known) {
    return known.stream()
        .filter(word -> distance(typed, word) <= Math.max(1, word.length() / 3))
        .min(
            Comparator.comparingInt((String word) -> distance(typed, word))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * How many letters to insert, delete, replace or swap with their neighbour (the optimal string
   * alignment distance).
   */
  static int distance(String from, String to) {
    int[] beforeLast = new int[0];
    int[] last = new int[to.length() + 1];
    Arrays.setAll(last, column -> column);
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int shift = Math.min(last[column], current[column - 1]) + 1;
        current[column] = Math.min(shift, last[column - 1] + replaced);
        if (isSwap(from, row, to, column)) {
          current[column] = Math.min(current[column], beforeLast[column - 2] + 1);
        }
      }
      beforeLast = last;
      last = current;
    }
    return last[to.length()];
  }

  private static boolean isSwap(String from, int row, String to, int column) {
    return row > 1
        && column > 1
        && from.charAt(row - 1) == to.charAt(column - 2)
        && from.charAt(row - 2) == to.charAt(column - 1);
  }
}
