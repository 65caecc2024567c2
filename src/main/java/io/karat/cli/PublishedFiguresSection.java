package io.karat.cli;

import static io.karat.settings.Translations.text;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.PublishedFigures;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Section on published figures: the markets and the group of the customer, the churn observed at
 * its satisfaction, and the effort for it.
 */
record PublishedFiguresSection(Language language) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    List<String> lines = new ArrayList<>();
    for (PublishedFigures figures : customer.figures()) {
      lines.add(text(language, title(figures), figures.name()));
      ConsoleTable values =
          new ConsoleTable(text(language, "explain.column"), text(language, "explain.value"));
      figures
          .values()
          .forEach((column, value) -> value.ifPresent(it -> values.row(column, cell(it))));
      values.lines().forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  private static String title(PublishedFigures figures) {
    return switch (figures.subject()) {
      case ALLOCATION -> "explain.allocation";
      case CHURN -> "explain.churn_observed";
      case GROUP -> "explain.group";
      case MARKET -> "explain.market";
    };
  }

  private static Object cell(Object value) {
    return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : value;
  }
}
