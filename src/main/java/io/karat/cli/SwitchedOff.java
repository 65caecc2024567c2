package io.karat.cli;

import io.karat.night.NightPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Built-in indicators and default models that are switched off, with what to map to get them. */
final class SwitchedOff {
  /** The number of names from which on only the first are shown. */
  private static final int MANY = 5;

  private static final int SHOWN = 3;

  private SwitchedOff() {}

  /**
   * Lines such as {@code Map transactions.cost to get 2 more indicators (profit, gross_margin).},
   * and for what no mapping helps with {@code Off, as churn.left is not set: churn.}
   */
  static List<String> lines(NightPlan plan) {
    Map<String, List<String>> indicators = new TreeMap<>();
    plan.indicators()
        .switchedOff()
        .forEach((name, missing) -> add(missing.list(), name, indicators));
    Map<String, List<String>> parts = new TreeMap<>();
    Map<String, List<String>> others = new TreeMap<>();
    plan.scores()
        .switchedOff()
        .forEach(
            (part, reason) -> {
              if (reason.inputs().isPresent() && reason.others().isEmpty()) {
                add(reason.inputs().get().list(), part, parts);
              } else {
                add(reason.reason().en(), part, others);
              }
            });
    SortedSet<String> inputs = new TreeSet<>(indicators.keySet());
    inputs.addAll(parts.keySet());
    List<String> lines = new ArrayList<>();
    for (String input : inputs) {
      List<String> gains = new ArrayList<>();
      gain(indicators.getOrDefault(input, List.of()), "more indicator", "", gains);
      gain(parts.getOrDefault(input, List.of()), "more part", " of models", gains);
      lines.add(
          "Map %s to get %s."
              .formatted(input.replace(", ", " and "), String.join(", and ", gains)));
    }
    others.forEach(
        (reason, off) -> lines.add("Off, as %s: %s.".formatted(reason, String.join(", ", off))));
    return lines;
  }

  private static void add(String reason, String part, Map<String, List<String>> off) {
    off.computeIfAbsent(reason, it -> new ArrayList<>()).add(part);
  }

  private static void gain(List<String> names, String one, String rest, List<String> gains) {
    if (!names.isEmpty()) {
      boolean isLong = names.size() >= MANY;
      gains.add(
          "%s%s (%s%s)"
              .formatted(
                  ConsoleNumbers.text(names.size(), one),
                  rest,
                  String.join(", ", isLong ? names.subList(0, SHOWN) : names),
                  isLong ? ", …" : ""));
    }
  }
}
