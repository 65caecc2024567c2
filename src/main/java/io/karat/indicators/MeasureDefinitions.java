package io.karat.indicators;

import io.karat.expressions.ExpressionException;
import io.karat.expressions.RowExpression;
import io.karat.expressions.Spelling;
import io.karat.measures.Measure;
import io.karat.measures.MeasureDescriptions;
import io.karat.run.LowerCase;
import io.karat.settings.MeasureSettings;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Measures made of their settings; mistakes in these are added to the problems. */
final class MeasureDefinitions {
  private static final Set<Aggregate> BY_MONTH = Set.of(Aggregate.MONTHS, Aggregate.FIRST_MONTH);

  private final Map<MeasureSource, Set<String>> declared;
  private final Map<String, Measure> measures = new LinkedHashMap<>();

  /**
   * Starts without measures.
   *
   * @param declared names that measures per row can use beside the columns of their table
   */
  MeasureDefinitions(Map<MeasureSource, Set<String>> declared) {
    this.declared = Map.copyOf(declared);
  }

  Map<String, Measure> all() {
    return measures;
  }

  void add(MeasureSettings settings, Problems problems) {
    Optional<RowExpression> value = parsed(settings.value(), problems);
    Optional<RowExpression> where = settings.where().flatMap(sql -> parsed(sql, problems));
    boolean isParsed = value.isPresent() && where.isPresent() == settings.where().isPresent();
    if (!isParsed || !isOfLevel(settings, problems)) {
      return;
    }

    requireAggregate(settings, problems);
    Set<String> words = words(settings.table(), settings.per());
    if (BY_MONTH.contains(settings.aggregate()) && !words.contains("month_number")) {
      problems.add(
          settings.at(),
          "'%s' takes months, which %s do not have. Use count or sum."
              .formatted(settings.at().key(), settings.table().tableName()));
    }
    if (settings.aggregate() == Aggregate.COUNT_DISTINCT && !words.contains("day")) {
      problems.add(
          settings.at(),
          "'%s' counts different values by day, which %s do not have. Use count."
              .formatted(settings.at().key(), settings.table().tableName()));
    }
    requireWords(value.get(), words, settings.value().at(), problems);
    settings.where().ifPresent(sql -> requireWords(where.orElseThrow(), words, sql.at(), problems));
    boolean hasDays = settings.table() != MeasureSource.CUSTOMERS;
    measures.put(
        settings.name(),
        new Measure(
            settings.name(),
            settings.table(),
            settings.per(),
            hasDays ? settings.over() : Over.LIFETIME,
            where,
            settings.aggregate(),
            value.get()));
  }

  private Set<String> words(MeasureSource table, Per per) {
    Set<String> words = new LinkedHashSet<>(MeasureDescriptions.of(table, per).keySet());
    if (per == Per.ROW) {
      words.addAll(declared.getOrDefault(table, Set.of()));
    }
    return words;
  }

  private static boolean isOfLevel(MeasureSettings settings, Problems problems) {
    Set<Per> levels = MeasureDescriptions.levels(settings.table());
    boolean isOfLevel = levels.contains(settings.per());
    if (!isOfLevel) {
      List<String> names = levels.stream().map(LowerCase::of).toList();
      Location at = settings.at();
      problems.add(
          at,
          "'%s' is per %s, which %s do not have. Use per: %s."
              .formatted(
                  at.key(),
                  LowerCase.of(settings.per()),
                  settings.table().tableName(),
                  String.join(" or ", names)));
    }
    return isOfLevel;
  }

  private static void requireAggregate(MeasureSettings settings, Problems problems) {
    Optional<Aggregate> only =
        switch (settings.per()) {
          case ROW, TRANSACTION, DAY -> Optional.empty();
          case PRODUCT -> Optional.of(Aggregate.COUNT);
          case CHANNEL -> Optional.of(Aggregate.LARGEST);
        };
    only.filter(aggregate -> aggregate != settings.aggregate())
        .ifPresent(
            aggregate ->
                problems.add(
                    settings.at(),
                    "'%s' is per %s, which takes '%s' only, not '%s'."
                        .formatted(
                            settings.at().key(),
                            LowerCase.of(settings.per()),
                            LowerCase.of(aggregate),
                            LowerCase.of(settings.aggregate()))));
  }

  static Optional<RowExpression> parsed(Expression expression, Problems problems) {
    try {
      return Optional.of(RowExpression.parse(expression.sql()));
    } catch (ExpressionException refused) {
      problems.add(
          expression.at(), "'%s': %s.".formatted(expression.at().key(), refused.getMessage()));
      return Optional.empty();
    }
  }

  /** Reports every name in an expression that is not one of the words. */
  private static void requireWords(
      RowExpression expression, Collection<String> words, Location at, Problems problems) {
    expression.words().stream()
        .filter(word -> !words.contains(word.toLowerCase(Locale.ROOT)))
        .forEach(
            word ->
                problems.add(
                    at,
                    "'%s' uses '%s', which is not known here. %s"
                        .formatted(
                            at.key(),
                            word,
                            Spelling.closest(word, words)
                                .map("Did you mean '%s'?"::formatted)
                                .orElseGet(
                                    () ->
                                        "Expected one of: %s."
                                            .formatted(String.join(", ", words))))));
  }
}
