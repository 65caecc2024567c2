package io.karat.indicators;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.frame.ExpressionException;
import io.karat.frame.RowExpression;
import io.karat.settings.Catalogue;
import io.karat.settings.CatalogueReader;
import io.karat.settings.Expression;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.Indicators;
import io.karat.settings.Location;
import io.karat.settings.MeasureSettings;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.Problems;
import io.karat.settings.Spelling;
import io.karat.settings.Window;
import io.karat.tiles.Measure;
import io.karat.tiles.MeasureWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All measures and indicators by name: the built-in ones, which come first, and the business's own.
 */
record Catalogues(Map<String, Measure> measures, Map<String, Indicator> indicators) {
  private static final String RESOURCE = "catalogue.yaml";
  private static final String TALLY = "tally_";

  /** Columns of every table, and the words of {@link IndicatorPlan}. */
  private static final Set<String> RESERVED =
      Set.of(
          "customer_id",
          "as_of_date",
          "run_id",
          IndicatorNames.AS_OF,
          IndicatorNames.FIRST_WHOLE_MONTH,
          IndicatorNames.LAST_WHOLE_MONTH);

  Catalogues {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    indicators = Collections.unmodifiableMap(new LinkedHashMap<>(indicators));
  }

  /** The indicator that a word names, with or without the suffix of a window. */
  Optional<Indicator> named(String word) {
    return Optional.ofNullable(indicators.get(word))
        .or(() -> withoutWindow(word).map(indicators::get));
  }

  /** Puts the business's own beside the built-in ones; what is wrong with them is noted. */
  static Catalogues of(Indicators own, Problems problems) {
    Catalogue builtIn = builtIn();
    Map<String, Measure> measures = new LinkedHashMap<>();
    builtIn.measures().values().forEach(measure -> add(measure, measures, new Problems()));
    own.measures()
        .forEach(
            (name, measure) -> {
              if (isFree(name, builtIn, own, measure.at(), problems)) {
                add(measure, measures, problems);
              }
            });

    Map<String, Indicator> indicators = new LinkedHashMap<>();
    builtIn.indicators().values().forEach(it -> add(it, true, indicators, new Problems()));
    own.custom()
        .forEach(
            (name, indicator) -> {
              if (isFree(name, builtIn, own, indicator.at(), problems)) {
                add(indicator, false, indicators, problems);
              }
            });
    return new Catalogues(measures, indicators);
  }

  static Catalogue builtIn() {
    try (InputStream resource = Catalogues.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("The resource " + RESOURCE + " is missing");
      }

      Problems problems = new Problems();
      Catalogue catalogue =
          CatalogueReader.read(RESOURCE, new String(resource.readAllBytes(), UTF_8), problems);
      problems.throwIfAny();
      return catalogue;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static boolean isFree(
      String name, Catalogue builtIn, Indicators own, Location at, Problems problems) {
    boolean isBuiltIn =
        builtIn.measures().containsKey(name) || builtIn.indicators().containsKey(name);
    boolean isReserved = RESERVED.contains(name) || name.startsWith(TALLY);
    Optional<String> windowed =
        withoutWindow(name)
            .filter(it -> builtIn.indicators().containsKey(it) || own.custom().containsKey(it));
    if (isBuiltIn) {
      problems.add(
          at,
          "'%s' is the name of a built-in measure or indicator. Choose another.".formatted(name));
    } else if (isReserved) {
      problems.add(at, "'%s' is a name of Karat's own. Choose another.".formatted(name));
    } else if (windowed.isPresent()) {
      problems.add(
          at,
          "'%s' is how '%s' is called over that window. Choose another name."
              .formatted(name, windowed.get()));
    }
    return !isBuiltIn && !isReserved && windowed.isEmpty();
  }

  /** What stands before the suffix of a window; none where there is no such suffix. */
  private static Optional<String> withoutWindow(String name) {
    int end = name.lastIndexOf('_');
    return end > 0 && Window.parse(name.substring(end + 1)).isPresent()
        ? Optional.of(name.substring(0, end))
        : Optional.empty();
  }

  private static void add(
      MeasureSettings settings, Map<String, Measure> measures, Problems problems) {
    Optional<RowExpression> value = parsed(settings.value(), problems);
    Optional<RowExpression> where = settings.where().flatMap(sql -> parsed(sql, problems));
    if (value.isEmpty() || where.isPresent() != settings.where().isPresent()) {
      return;
    }

    requireAggregate(settings, problems);
    Map<String, String> words = MeasureWords.of(settings.per());
    requireWords(value.get(), words.keySet(), settings.value().at(), problems);
    settings
        .where()
        .ifPresent(sql -> requireWords(where.orElseThrow(), words.keySet(), sql.at(), problems));
    measures.put(
        settings.name(),
        new Measure(
            settings.name(),
            settings.per(),
            settings.over(),
            where,
            settings.aggregate(),
            value.get()));
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
                            lower(settings.per()),
                            lower(aggregate),
                            lower(settings.aggregate()))));
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static void add(
      IndicatorSettings settings,
      boolean isBuiltIn,
      Map<String, Indicator> indicators,
      Problems problems) {
    parsed(settings.value(), problems)
        .ifPresent(
            value -> indicators.put(settings.name(), new Indicator(settings, value, isBuiltIn)));
  }

  private static Optional<RowExpression> parsed(Expression expression, Problems problems) {
    try {
      return Optional.of(RowExpression.parse(expression.sql()));
    } catch (ExpressionException refused) {
      problems.add(
          expression.at(), "'%s': %s.".formatted(expression.at().key(), refused.getMessage()));
      return Optional.empty();
    }
  }

  /** Notes every name in an expression that is not one of the words. */
  static void requireWords(
      RowExpression expression, Collection<String> words, Location at, Problems problems) {
    expression.words().stream()
        .filter(word -> !words.contains(word.toLowerCase(Locale.ROOT)))
        .forEach(
            word ->
                problems.add(
                    at,
                    "'%s' uses '%s', which is not known here.%s"
                        .formatted(at.key(), word, Spelling.hint(word, words))));
  }
}
