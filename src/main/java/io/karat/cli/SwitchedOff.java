package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.settings.BilingualText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Built-in indicators and default models that are switched off, one line for each reason. */
final class SwitchedOff {
  private SwitchedOff() {}

  /** Lines such as {@code transactions.cost is not mapped: profit, gross_margin}. */
  static List<String> lines(NightPlan plan) {
    Map<String, List<String>> off = new TreeMap<>();
    plan.indicators()
        .switchedOff()
        .forEach((indicator, missing) -> add(missing.reason(), indicator, off));
    plan.scores().switchedOff().forEach((part, reason) -> add(reason, part, off));
    return off.entrySet().stream()
        .map(entry -> "%s: %s.".formatted(entry.getKey(), String.join(", ", entry.getValue())))
        .toList();
  }

  private static void add(BilingualText reason, String part, Map<String, List<String>> off) {
    off.computeIfAbsent(reason.en(), it -> new ArrayList<>()).add(part);
  }
}
