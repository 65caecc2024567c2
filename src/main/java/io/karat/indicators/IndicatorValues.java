package io.karat.indicators;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.measures.Measure;
import io.karat.measures.Period;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.Window;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;

/** Indicators as expressions over measures, and the measures that these use. */
final class IndicatorValues {
  private final Catalogues catalogues;
  private final Period lifetime;
  private final Set<Measure.Use> uses = new LinkedHashSet<>();

  IndicatorValues(Catalogues catalogues, Period lifetime) {
    this.catalogues = catalogues;
    this.lifetime = lifetime;
  }

  Set<Measure.Use> uses() {
    return uses;
  }

  Column of(IndicatorColumn column) {
    return value(indicator(column), period(column));
  }

  /** The values of the words in its expression, in the order of the expression. */
  Map<String, Column> words(IndicatorColumn column) {
    return words(indicator(column), period(column));
  }

  private Column value(Indicator indicator, Period period) {
    return indicator.value().ratio(words(indicator, period));
  }

  private Map<String, Column> words(Indicator indicator, Period period) {
    Map<String, Column> words = new LinkedHashMap<>();
    for (String word : indicator.words()) {
      words.put(word, word(word, period));
    }
    return words;
  }

  private Indicator indicator(IndicatorColumn column) {
    return catalogues.named(column.indicator().name()).orElseThrow();
  }

  private Period period(IndicatorColumn column) {
    return column.window().map(this::period).orElse(lifetime);
  }

  private Column word(String word, Period period) {
    Measure measure = catalogues.measures().get(word);
    if (measure != null) {
      return measure(measure, period);
    }

    Indicator indicator = catalogues.indicators().get(word);
    if (indicator != null) {
      return value(indicator, indicator.settings().isWindowed() ? period : lifetime);
    }

    return switch (word) {
      case IndicatorNames.AS_OF -> lit(lifetime.asOf());
      case IndicatorNames.FIRST_WHOLE_MONTH -> lit(period.firstMonth().orElse(0));
      case IndicatorNames.LAST_WHOLE_MONTH -> lit(period.lastMonth());
      case IndicatorNames.WINDOW_DAYS -> windowDays(period);
      case IndicatorNames.EXPECTED_BY_MODEL -> col(word);
      default -> suffixed(word);
    };
  }

  private Column measure(Measure measure, Period period) {
    Period days =
        measure.over() == Over.LIFETIME
            ? lifetime
            : measure.over() == Over.WHOLE_MONTHS ? period.wholeMonths() : period;
    Measure.Use use = new Measure.Use(measure, days);
    uses.add(use);
    return col(use.column());
  }

  /** The length of the window in days; null for a lifetime, which differs between customers. */
  private static Column windowDays(Period period) {
    return period
        .from()
        .map(from -> lit((int) ChronoUnit.DAYS.between(from, period.to()) + 1))
        .orElse(lit(null).cast("int"));
  }

  private Column suffixed(String word) {
    Window window = Window.parse(word.substring(word.lastIndexOf('_') + 1)).orElseThrow();
    return value(catalogues.named(word).orElseThrow(), period(window));
  }

  private Period period(Window window) {
    return window.isLifetime()
        ? lifetime
        : Period.lastDays(window.days().getAsInt(), lifetime.asOf());
  }
}
