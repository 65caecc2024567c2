package io.karat.cli;

import static io.karat.settings.Translations.text;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedMeasure;
import io.karat.measures.Measure;
import io.karat.measures.Period;
import io.karat.run.LowerCase;
import io.karat.settings.Language;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Section on the measures behind the indicators, with their days and definitions. */
record MeasuresSection(Language language, CustomerFigures figures) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    if (customer.measures().isEmpty()) {
      return List.of();
    }

    ConsoleTable measures =
        new ConsoleTable(
            text(language, "explain.measure"),
            text(language, "explain.days"),
            text(language, "explain.value"),
            text(language, "explain.source"));
    customer.measures().forEach(measure -> measures.row(cells(measure)));
    List<String> lines = new ArrayList<>();
    lines.add(text(language, "explain.measures"));
    measures.lines().forEach(line -> lines.add("  " + line));
    return lines;
  }

  private Object[] cells(ExplainedMeasure explained) {
    Measure measure = explained.use().measure();
    return new Object[] {
      measure.name(),
      days(explained.use().period()),
      figures.plain(explained.value()),
      definition(measure)
    };
  }

  private String days(Period period) {
    if (period.from().isEmpty()) {
      return text(language, "explain.up_to", period.to());
    }

    LocalDate from = period.from().get();
    return from.isAfter(period.to())
        ? text(language, "explain.no_month")
        : text(language, "explain.from_to", from, period.to());
  }

  /** The definition in the terms of the configuration, so that it can be looked up there. */
  private static String definition(Measure measure) {
    String where = measure.where().map(sql -> ", where: " + line(sql.sql())).orElse("");
    return "%s, per: %s%s, %s: %s"
        .formatted(
            measure.table().tableName(),
            LowerCase.of(measure.per()),
            where,
            LowerCase.of(measure.aggregate()),
            line(measure.value().sql()));
  }

  private static String line(String sql) {
    return sql.strip().replaceAll("\\s+", " ");
  }
}
