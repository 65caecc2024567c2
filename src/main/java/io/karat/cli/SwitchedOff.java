package io.karat.cli;

import io.karat.NightPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which built-in indicators are off, a line for each thing that is not mapped. */
final class SwitchedOff {
  private SwitchedOff() {}

  /** {@code transactions.cost is not mapped: profit, gross_margin}. */
  static List<String> lines(NightPlan plan) {
    Map<String, List<String>> indicators = new TreeMap<>();
    plan.indicators()
        .switchedOff()
        .forEach(
            (indicator, missing) ->
                indicators.computeIfAbsent(missing, it -> new ArrayList<>()).add(indicator));
    return indicators.entrySet().stream()
        .map(
            entry ->
                "%s %s not mapped: %s."
                    .formatted(
                        entry.getKey(),
                        entry.getKey().contains(",") ? "are" : "is",
                        String.join(", ", entry.getValue())))
        .toList();
  }
}
