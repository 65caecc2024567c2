package io.karat.cli;

import static io.karat.settings.Translations.key;
import static io.karat.settings.Translations.listed;
import static io.karat.settings.Translations.text;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.PublishedCustomer;
import io.karat.settings.Language;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Section on the published row: whether it equals the values computed now, and the differences. */
record PublishedSection(Language language, CustomerFigures figures) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    return customer
        .published()
        .map(published -> lines(published, customer.asOf()))
        .orElse(List.of());
  }

  private List<String> lines(PublishedCustomer published, LocalDate asOf) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(published));
    if (!published.differences().isEmpty()) {
      table(published).lines().forEach(line -> lines.add("  " + line));
    }
    addColumns(lines, "explain.only_published", published.onlyPublished());
    addColumns(lines, "explain.only_computed", published.onlyComputed());
    if (isStale(published)) {
      lines.add(text(language, "explain.stale", asOf));
    }
    return lines;
  }

  private void addColumns(List<String> lines, String key, List<String> columns) {
    if (!columns.isEmpty()) {
      lines.add("  " + text(language, key, listed(columns)));
    }
  }

  private ConsoleTable table(PublishedCustomer published) {
    ConsoleTable table =
        new ConsoleTable(
            text(language, "explain.column"),
            text(language, "explain.published"),
            text(language, "explain.now"));
    published
        .differences()
        .forEach(
            difference ->
                table.row(
                    difference.column(),
                    figures.plain(difference.published()),
                    figures.plain(difference.computed())));
    return table;
  }

  private String headline(PublishedCustomer published) {
    return text(
        language,
        key("published", published.state()),
        published.runId(),
        published.columns(),
        published.differences().size());
  }

  private static boolean isStale(PublishedCustomer published) {
    return switch (published.state()) {
      case DIFFERENT, ONLY_COMPUTED, ONLY_PUBLISHED -> true;
      case EQUAL, NEITHER, DELETED -> false;
    };
  }
}
