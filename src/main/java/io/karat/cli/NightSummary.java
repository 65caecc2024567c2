package io.karat.cli;

import static java.util.stream.Collectors.joining;

import io.karat.night.NightResult;
import io.karat.quality.CheckResult;
import io.karat.report.NightFigures;
import io.karat.report.NightFigures.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Summary of a night: customers by level, with those who rose and fell, and a few lines on what to
 * look at next.
 */
final class NightSummary {
  private static final int LABEL_WIDTH = 11;

  private final NightResult night;
  private final List<String> lines = new ArrayList<>();

  NightSummary(NightResult night) {
    this.night = night;
    night.figures().ifPresent(figures -> line("Customers", customers(figures)));
    if (night.isNew()) {
      line("Checks", checks(night.checks()));
    }
    if (!night.models().isEmpty()) {
      line("Models", models());
    }
  }

  /** Adds a line with a label of one word. */
  NightSummary line(String label, String text) {
    lines.add(DisplayWidth.left(label, LABEL_WIDTH) + text);
    return this;
  }

  /** Prints the summary. */
  void show(Console console) {
    night
        .figures()
        .filter(figures -> !figures.levels().isEmpty())
        .ifPresent(figures -> console.print(levels(figures)));
    lines.forEach(console::print);
  }

  private static ConsoleTable levels(NightFigures figures) {
    ConsoleTable table = new ConsoleTable("model", "level", "customers", "risen", "fallen");
    String model = "";
    for (Level level : figures.levels()) {
      boolean isCompared = figures.since().isPresent();
      table.row(
          level.model().equals(model) ? "" : level.model(),
          level.level(),
          level.customers(),
          isCompared ? level.risen() : "",
          isCompared ? level.fallen() : "");
      model = level.model();
    }
    return table;
  }

  /** Words such as {@code 1,983: 2 new and 1 left since the night of 2025-02-02}. */
  private static String customers(NightFigures figures) {
    return ConsoleNumbers.text(figures.customers())
        + figures
            .since()
            .map(
                since ->
                    ": %s new and %s left since the night of %s"
                        .formatted(
                            ConsoleNumbers.text(since.newCustomers()),
                            ConsoleNumbers.text(since.leftCustomers()),
                            since.night()))
            .orElse("");
  }

  /** Words such as {@code 25 passed, 1 warned: freshness}. */
  private static String checks(List<CheckResult> checks) {
    long passed = checks.stream().filter(check -> check.status().equals("passed")).count();
    List<String> warned =
        checks.stream().filter(CheckResult::isWarning).map(CheckResult::check).distinct().toList();
    long warnings = checks.stream().filter(CheckResult::isWarning).count();
    return "%s passed".formatted(ConsoleNumbers.text(passed))
        + (warned.isEmpty()
            ? ", no warnings"
            : ", %s: %s"
                .formatted(ConsoleNumbers.text(warnings, "warning"), String.join(", ", warned)));
  }

  /** Words such as {@code cuts ed7ce90f2ff8 (first run), segments 882dffd62a93 (accepted)}. */
  private String models() {
    return night.models().entrySet().stream()
        .map(
            model ->
                "%s %s (%s)"
                    .formatted(
                        model.getKey(), model.getValue().id(), model.getValue().origin().words()))
        .collect(joining(", "));
  }
}
