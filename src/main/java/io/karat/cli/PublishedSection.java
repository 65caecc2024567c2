package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.PublishedCustomer;
import io.karat.settings.BilingualText;
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
    lines.add(headline(published).in(language));
    if (!published.differences().isEmpty()) {
      table(published).lines().forEach(line -> lines.add("  " + line));
    }
    addColumns(
        lines, published.onlyPublished(), new BilingualText("  Only published: %s.", "  仅已发布：%s。"));
    addColumns(
        lines,
        published.onlyComputed(),
        new BilingualText("  Only computed now: %s.", "  仅现在计算：%s。"));
    if (isStale(published)) {
      lines.add(
          new BilingualText(
                  "Rows that came later, or other settings, make such a difference:"
                      + " 'karat run --as-of %s' publishes the night again.",
                  "后到的数据或改动的配置会造成差异：'karat run --as-of %s' 可重新发布该夜。")
              .in(language)
              .formatted(asOf));
    }
    return lines;
  }

  private void addColumns(List<String> lines, List<String> columns, BilingualText words) {
    if (!columns.isEmpty()) {
      lines.add(words.in(language).formatted(String.join(", ", columns)));
    }
  }

  private ConsoleTable table(PublishedCustomer published) {
    ConsoleTable table =
        new ConsoleTable(
            new BilingualText("column", "列").in(language),
            new BilingualText("published", "已发布").in(language),
            new BilingualText("now", "现在").in(language));
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

  private static BilingualText headline(PublishedCustomer published) {
    String run = published.runId();
    int columns = published.columns();
    return switch (published.state()) {
      case EQUAL ->
          new BilingualText(
              "Published by run %s: equal in all %d indicators.".formatted(run, columns),
              "运行 %s 已发布的行：全部 %d 个指标均相等。".formatted(run, columns));
      case DIFFERENT ->
          new BilingualText(
              "Published by run %s: %d of %d indicators differ."
                  .formatted(run, published.differences().size(), columns),
              "运行 %s 已发布的行：%d 个指标不同，共 %d 个。"
                  .formatted(run, published.differences().size(), columns));
      case ONLY_COMPUTED ->
          new BilingualText(
              "Published by run %s: no row of this customer.".formatted(run),
              "运行 %s 已发布的表中没有该客户。".formatted(run));
      case ONLY_PUBLISHED ->
          new BilingualText(
              "Published by run %s: a row of this customer, who would have none now."
                  .formatted(run),
              "运行 %s 已发布的表中有该客户，现在则没有。".formatted(run));
      case NEITHER ->
          new BilingualText(
              "Published by run %s: no row of this customer either.".formatted(run),
              "运行 %s 已发布的表中同样没有该客户。".formatted(run));
      case DELETED ->
          new BilingualText(
              "Published by run %s: its tables are deleted by retention, so nothing is compared."
                  .formatted(run),
              "运行 %s 的表已按保留期删除，无法比较。".formatted(run));
    };
  }

  private static boolean isStale(PublishedCustomer published) {
    return switch (published.state()) {
      case DIFFERENT, ONLY_COMPUTED, ONLY_PUBLISHED -> true;
      case EQUAL, NEITHER, DELETED -> false;
    };
  }
}
