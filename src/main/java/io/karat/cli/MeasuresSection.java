package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedMeasure;
import io.karat.measures.Measure;
import io.karat.measures.Period;
import io.karat.run.LowerCase;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
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
            new BilingualText("measure", "度量").in(language),
            new BilingualText("days", "日期范围").in(language),
            new BilingualText("value", "值").in(language),
            new BilingualText("taken from", "取自").in(language));
    customer.measures().forEach(measure -> measures.row(cells(measure)));
    List<String> lines = new ArrayList<>();
    lines.add(new BilingualText("Measures behind the indicators", "指标所用的度量").in(language));
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
    BilingualText days =
        period
            .from()
            .map(
                from ->
                    from.isAfter(period.to())
                        ? new BilingualText("no whole month", "无完整月")
                        : new BilingualText(
                            "%s to %s".formatted(from, period.to()),
                            "%s 至 %s".formatted(from, period.to())))
            .orElseGet(() -> new BilingualText("up to " + period.to(), "截至 " + period.to()));
    return days.in(language);
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
