package io.karat.indicators;

import io.karat.expressions.Spelling;
import io.karat.settings.Window;
import io.karat.settings.yaml.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A check of the names in the expressions of a business's own indicators. */
final class IndicatorNames {
  static final String AS_OF = "as_of";
  static final String FIRST_WHOLE_MONTH = "first_whole_month";
  static final String LAST_WHOLE_MONTH = "last_whole_month";
  static final String WINDOW_DAYS = "window_days";

  /** A column of the measures that models add; a business's own expressions cannot name it. */
  static final String EXPECTED_BY_MODEL = "expected_sales_by_model";

  static final List<String> WORDS =
      List.of(AS_OF, FIRST_WHOLE_MONTH, LAST_WHOLE_MONTH, WINDOW_DAYS);

  private final Catalogues catalogues;
  private final List<Window> windows;

  IndicatorNames(Catalogues catalogues, List<Window> windows) {
    this.catalogues = catalogues;
    this.windows = windows;
  }

  /** Reports unknown names, names without the window that they need, and circular definitions. */
  void check(Problems problems) {
    catalogues.indicators().values().stream()
        .filter(indicator -> !indicator.isBuiltIn())
        .forEach(
            indicator -> {
              indicator.words().forEach(word -> check(indicator, word, problems));
              checkCircle(indicator, new ArrayDeque<>(), problems);
            });
  }

  private void check(Indicator indicator, String word, Problems problems) {
    Indicator other = catalogues.indicators().get(word);
    boolean isMeasure = catalogues.measures().containsKey(word);
    if (other != null
        && !isMeasure
        && other.settings().isWindowed()
        && !indicator.settings().isWindowed()) {
      problems.add(
          indicator.settings().value().at(),
          "'%s' has no window, so '%s' needs one. Did you mean '%s'?"
              .formatted(
                  indicator.settings().at().key(), word, String.join("' or '", suffixed(other))));
    } else if (other == null && !isMeasure && !words().contains(word)) {
      problems.add(
          indicator.settings().value().at(),
          "'%s' uses '%s', which is neither a measure nor an indicator.%s"
              .formatted(
                  indicator.settings().value().at().key(),
                  word,
                  Spelling.hint(word, wordsOfOthers(indicator))));
    }
  }

  private void checkCircle(Indicator indicator, Deque<String> path, Problems problems) {
    path.addLast(indicator.name());
    for (String word : indicator.words()) {
      Optional<Indicator> next = catalogues.named(word);
      if (next.isEmpty() || catalogues.measures().containsKey(word)) {
        continue;
      }

      String name = next.get().name();
      if (name.equals(path.peekFirst())) {
        problems.add(
            next.get().settings().value().at(),
            "'%s' is defined by itself: %s -> %s. Break the circle."
                .formatted(next.get().settings().at().key(), String.join(" -> ", path), name));
      } else if (!path.contains(name)) {
        checkCircle(next.get(), path, problems);
      }
    }
    path.removeLast();
  }

  private Set<String> wordsOfOthers(Indicator indicator) {
    Set<String> words = words();
    words.remove(indicator.name());
    words.removeAll(suffixed(indicator));
    return words;
  }

  private Set<String> words() {
    Set<String> words = new LinkedHashSet<>(WORDS);
    words.addAll(catalogues.measures().keySet());
    catalogues
        .indicators()
        .values()
        .forEach(
            indicator -> {
              words.add(indicator.name());
              words.addAll(suffixed(indicator));
            });
    return words;
  }

  private List<String> suffixed(Indicator indicator) {
    return indicator.settings().isWindowed()
        ? new ArrayList<>(
            windows.stream().map(window -> indicator.name() + "_" + window.suffix()).toList())
        : List.of();
  }
}
