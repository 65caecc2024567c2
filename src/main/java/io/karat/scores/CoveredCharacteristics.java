package io.karat.scores;

import static java.util.Comparator.comparing;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.settings.Characteristic.Kind;
import io.karat.settings.InputTable;
import io.karat.settings.Settings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Characteristics by which {@code market_coverage} counts customers. */
final class CoveredCharacteristics {
  static final String MAIN_CHANNEL = "main_channel";

  /** Built-in indicators among them, beside declared characteristics. */
  private static final Set<String> MARKETS = Set.of("kind", MAIN_CHANNEL);

  private CoveredCharacteristics() {}

  /** The columns of {@code customer_indicators} that they are, one for each. */
  static List<String> of(Settings settings, IndicatorPlan indicators) {
    Set<String> markets = new TreeSet<>(MARKETS);
    settings.inputs().find(InputTable.CUSTOMERS).stream()
        .flatMap(customers -> customers.characteristics().values().stream())
        .filter(it -> it.kind() == Kind.CATEGORY || it.kind() == Kind.FLAG)
        .forEach(it -> markets.add(it.name()));
    return indicators.columns().stream()
        .filter(column -> markets.contains(column.indicator().name()))
        .sorted(comparing(CoveredCharacteristics::isOfOtherWindow))
        .filter(column -> markets.remove(column.indicator().name()))
        .map(IndicatorColumn::name)
        .toList();
  }

  /** Whether an indicator has a window, which is not that of the net sales beside it. */
  private static boolean isOfOtherWindow(IndicatorColumn column) {
    return column
        .window()
        .filter(window -> !ScorePlan.SALES.endsWith("_" + window.suffix()))
        .isPresent();
  }
}
