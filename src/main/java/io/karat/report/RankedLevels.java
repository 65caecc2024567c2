package io.karat.report;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Levels of the models that rank customers: the rows of the table of tiers, the best level first.
 */
record RankedLevels(ReportData brief) {
  static final String TABLE = "tiers";
  static final String SALES = "net_sales_amount_365d";

  /** The levels of each model, tiers of pyramids before classes. */
  Map<String, List<TableRow>> byModel() {
    Map<String, List<TableRow>> models = new LinkedHashMap<>();
    brief.states().stream()
        .map(state -> state.column())
        .sorted(comparing(model -> model.endsWith("_tier") ? 0 : 1))
        .forEach(model -> models.put(model, new ArrayList<>()));
    brief.table(TABLE).stream()
        .sorted(comparing(it -> it.whole("position")))
        .forEach(
            level ->
                models.computeIfAbsent(level.word("model"), it -> new ArrayList<>()).add(level));
    models.values().removeIf(List::isEmpty);
    return models;
  }

  /** The name of a level. */
  String name(TableRow level) {
    return level.name("tier_name", brief.voice().language());
  }
}
