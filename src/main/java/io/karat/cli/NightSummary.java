package io.karat.cli;

import static java.util.stream.Collectors.joining;

import io.karat.night.NightResult;
import io.karat.quality.CheckResult;
import io.karat.report.Finding;
import io.karat.report.NightFigures;
import io.karat.report.NightFigures.Level;
import io.karat.settings.Language;
import io.karat.settings.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Summary of a night: its findings, customers by level, with those who rose and fell, and a few
 * lines on what to look at next.
 */
final class NightSummary {
  private static final int LABEL_WIDTH = 11;

  private final NightResult night;
  private final Optional<Output.Report> report;
  private final List<String> lines = new ArrayList<>();

  /**
   * Summary of a result.
   *
   * @param report whether customers are named
   */
  NightSummary(NightResult night, Optional<Output.Report> report) {
    this.night = night;
    this.report = report;
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
    int number = 1;
    for (Finding finding : night.findings()) {
      console.print("%d. %s".formatted(number++, finding(finding)));
    }
    night
        .figures()
        .filter(figures -> !figures.levels().isEmpty())
        .ifPresent(figures -> console.print(levels(figures)));
    lines.forEach(console::print);
  }

  /** A finding, what it is compared with, and its largest customers as far as they may be shown. */
  private String finding(Finding finding) {
    return "%s %s%s"
        .formatted(
            finding.message().en(),
            finding.comparison().en(),
            finding.largest(report, Language.EN).map(it -> " " + it).orElse(""))
        .replace('\u00a0', ' ');
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
