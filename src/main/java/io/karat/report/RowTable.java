package io.karat.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Table of the page whose rows are those of a published table, with a bar chart of some of its
 * columns. Each column is defined once, by its head and its text in a row; one that is empty in all
 * rows is left out.
 */
final class RowTable {
  private static final int BAR = 15;
  private static final int MARGIN = 110;

  /** What has the same color in every chart. */
  private static final Map<String, String> COLORS =
      Map.of(
          "head.customer_share",
          "rank4",
          "head.net_sales_share",
          "rank1",
          "head.profit_share",
          "kind3");

  private static final List<String> OTHER_COLORS = List.of("kind2", "kind4", "kind5");

  private final ReportData brief;
  private final List<TableRow> rows;
  private final List<RowColumn> columns = new ArrayList<>();
  private final List<RowBars> bars = new ArrayList<>();

  /** Column with its texts, in the order of the rows. */
  private record RowColumn(String head, boolean isNumber, List<String> texts) {
    boolean isEmpty() {
      return texts.stream().allMatch(String::isEmpty);
    }
  }

  /** Bars of one color, in the order of the rows. */
  private record RowBars(String head, List<Optional<BigDecimal>> shares, List<String> labels) {}

  RowTable(ReportData brief, List<TableRow> rows) {
    this.brief = brief;
    this.rows = List.copyOf(rows);
  }

  /** Adds a column of words. The first one names the rows. */
  RowTable text(String head, Function<TableRow, String> text) {
    return add(head, false, text);
  }

  /** Adds a column of numbers. */
  RowTable number(String head, Function<TableRow, String> text) {
    return add(head, true, text);
  }

  RowTable count(String head, String column) {
    return number(
        head,
        row -> row.number(column).map(it -> brief.numbers().count(it.longValue())).orElse(""));
  }

  RowTable money(String head, String column) {
    return number(head, row -> row.number(column).map(brief.numbers()::money).orElse(""));
  }

  RowTable share(String head, Function<TableRow, Optional<BigDecimal>> share) {
    return number(head, row -> share.apply(row).map(brief.numbers()::percent).orElse(""));
  }

  /** Adds a column of shares, which are drawn too. */
  RowTable bar(String head, Function<TableRow, Optional<BigDecimal>> share) {
    return bar(head, share, row -> share.apply(row).map(brief.numbers()::percent).orElse(""));
  }

  /** Adds a column of shares, which are drawn too, with other words beside the bars. */
  RowTable bar(
      String head,
      Function<TableRow, Optional<BigDecimal>> share,
      Function<TableRow, String> label) {
    bars.add(
        new RowBars(head, rows.stream().map(share).toList(), rows.stream().map(label).toList()));
    return share(head, share);
  }

  private RowTable add(String head, boolean isNumber, Function<TableRow, String> text) {
    columns.add(new RowColumn(brief.say(head), isNumber, rows.stream().map(text).toList()));
    return this;
  }

  /** The view, with a chart if there is a column to draw. */
  View view(String id, String label, String says, String... tables) {
    List<RowColumn> shown = columns.stream().filter(column -> !column.isEmpty()).toList();
    HtmlTable.Builder grid =
        HtmlTable.of(
            shown.stream()
                .map(column -> (column.isNumber() ? "#" : "") + column.head())
                .toArray(String[]::new));
    for (int i = 0; i < rows.size(); i++) {
      int row = i;
      grid.row(shown.stream().map(column -> column.texts().get(row)).toArray(String[]::new));
    }
    View view = View.of(id, label, says, tables);
    return bars.isEmpty()
        ? view.with(grid.open())
        : view.with(chart(shown).drawing(id, height(), says)).with(grid.closed());
  }

  private int height() {
    return rows.size() * (bars.size() + 1) * BAR + MARGIN;
  }

  private ChartData chart(List<RowColumn> shown) {
    ChartData drawn =
        ChartData.of("bars").axes(brief.say("bars.x"), "").put("names", columns.get(0).texts());
    Iterator<String> others = OTHER_COLORS.iterator();
    boolean isOfShares = bars.stream().anyMatch(it -> COLORS.containsKey(it.head()));
    for (RowBars group : bars) {
      ObjectNode series = ChartData.node().put("name", brief.say(group.head()));
      Optional.ofNullable(COLORS.get(group.head()))
          .or(() -> isOfShares ? Optional.of(others.next()) : Optional.empty())
          .ifPresent(color -> series.put("color", color));
      for (int i = 0; i < rows.size(); i++) {
        ChartData.add(
            series,
            ChartData.percent(group.shares().get(i).orElse(BigDecimal.ZERO)),
            group.labels().get(i),
            tip(shown, i));
      }
      drawn.add("series", series);
    }
    return drawn;
  }

  /** All that is known of a row, a column per line. */
  private String tip(List<RowColumn> shown, int row) {
    List<String> lines = new ArrayList<>(List.of(columns.get(0).texts().get(row)));
    shown.stream()
        .skip(1)
        .filter(column -> !column.texts().get(row).isEmpty())
        .forEach(
            column -> lines.add(brief.say("bars.line", column.head(), column.texts().get(row))));
    return String.join("\n", lines);
  }
}
