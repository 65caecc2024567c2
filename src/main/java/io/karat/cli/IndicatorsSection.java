package io.karat.cli;

import static io.karat.settings.Translations.key;
import static io.karat.settings.Translations.text;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedIndicator;
import io.karat.settings.IndicatorSettings.Category;
import io.karat.settings.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Section on the indicators by category: label, column, value and unit, and below them the formula,
 * as defined and filled with values.
 */
record IndicatorsSection(Language language, CustomerFigures figures) implements ExplainSection {
  private static final String GAP = "  ";

  @Override
  public List<String> lines(CustomerExplanation customer) {
    if (customer.indicators().isEmpty()) {
      return List.of(text(language, "explain.no_indicators"));
    }

    List<String> lines = new ArrayList<>();
    Widths widths = widths(customer.indicators());
    for (Category category : Category.values()) {
      List<ExplainedIndicator> own =
          customer.indicators().stream()
              .filter(indicator -> indicator.column().indicator().category() == category)
              .toList();
      if (!own.isEmpty()) {
        if (!lines.isEmpty()) {
          lines.add("");
        }
        lines.add(text(language, key("category", category)));
        own.forEach(indicator -> lines.addAll(lines(indicator, widths)));
      }
    }
    return lines;
  }

  private List<String> lines(ExplainedIndicator indicator, Widths widths) {
    List<String> lines = new ArrayList<>();
    String line =
        String.join(
            GAP,
            DisplayWidth.left(label(indicator), widths.label()),
            DisplayWidth.left(column(indicator), widths.column()),
            DisplayWidth.right(value(indicator), widths.value()),
            figures.unit(indicator.column().indicator().unit()));
    lines.add(GAP + line.stripTrailing());
    FilledExpression formula = new FilledExpression(indicator.formula());
    lines.add("    = " + formula.text());
    if (!formula.isWord()) {
      lines.add("    = " + formula.with(indicator.operands(), figures));
    }
    return lines;
  }

  private Widths widths(List<ExplainedIndicator> indicators) {
    return new Widths(
        width(indicators, this::label),
        width(indicators, IndicatorsSection::column),
        width(indicators, this::value));
  }

  private static int width(
      List<ExplainedIndicator> indicators, Function<ExplainedIndicator, String> cell) {
    return indicators.stream().map(cell).mapToInt(DisplayWidth::width).max().orElse(0);
  }

  private String label(ExplainedIndicator indicator) {
    return indicator.column().indicator().label().in(language);
  }

  private static String column(ExplainedIndicator indicator) {
    return indicator.column().name();
  }

  private String value(ExplainedIndicator indicator) {
    return figures.value(indicator.value(), indicator.column().indicator().unit());
  }

  /** Widths of the columns. */
  private record Widths(int label, int column, int value) {}
}
