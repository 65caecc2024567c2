package io.karat.input;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files whose rows are wanted, and what the rows tell of their file.
 *
 * @param numbers the places of the files among all; all if empty
 * @param isNamed whether every row tells the path of its file
 * @param isNumbered whether every row tells the place of its file
 */
record WantedFiles(Optional<Set<Integer>> numbers, boolean isNamed, boolean isNumbered) {
  static WantedFiles all(boolean isNamed) {
    return new WantedFiles(Optional.empty(), isNamed, false);
  }

  List<Integer> of(List<Integer> all) {
    return numbers.map(some -> all.stream().filter(some::contains).toList()).orElse(all);
  }
}
