package io.karat.report;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Section on RFM: heat maps of frequency by monetary value and by recency, and the RFM segments.
 */
record RfmSection(ReportData brief) {
  private static final String TABLE = "rfm_cells";
  private static final String FREQUENCY = "frequency";
  private static final String MONETARY = "monetary";
  private static final String SALES = "net_sales_amount_365d";
  private static final int HEIGHT = 380;
  private static final int BAR = 34;

  Section section() {
    List<View> views = new ArrayList<>();
    map("FM", MONETARY).ifPresent(views::add);
    map("FR", "recency").ifPresent(views::add);
    groups().ifPresent(views::add);
    List<String> lacks = views.isEmpty() ? List.of(brief.say("rfm.lacks")) : List.of();
    return new Section("rfm", brief.say("rfm.title"), brief.say("rfm.about"), views, lacks);
  }

  /** The name of an axis, with the currency if its limits are amounts. */
  private String axis(String across) {
    String name = brief.say("rfm." + across);
    return brief
        .settings()
        .currency()
        .filter(it -> across.equals(MONETARY))
        .map(it -> brief.say("label.in_currency", name, it.getCurrencyCode()))
        .orElse(name);
  }

  private List<TableRow> cells(String grid) {
    return brief.table(TABLE).stream()
        .filter(it -> it.word("grid").equals(grid))
        .sorted(
            comparing((TableRow it) -> it.whole("frequency_bin"))
                .thenComparing(it -> it.whole("monetary_bin"))
                .thenComparing(it -> it.whole("recency_bin")))
        .toList();
  }

  private Optional<View> map(String grid, String across) {
    List<TableRow> cells = cells(grid);
    if (cells.isEmpty()) {
      return Optional.empty();
    }

    SortedMap<Integer, String> columns = axis(cells, across);
    SortedMap<Integer, String> rows = axis(cells, FREQUENCY);
    ChartData drawn =
        ChartData.of("heat")
            .axes(axis(across), brief.say("rfm.frequency"))
            .put("x", List.copyOf(columns.values()))
            .put("y", List.copyOf(rows.values()))
            .put("unit", brief.say("rfm.unit"));
    for (TableRow cell : cells) {
      ObjectNode node = ChartData.node();
      node.put("x", columns.headMap(cell.whole(across + "_bin")).size());
      node.put("y", rows.headMap(cell.whole(FREQUENCY + "_bin")).size());
      node.put("value", cell.count("customer_count"));
      node.put("label", brief.numbers().shortly(cell.amount("customer_count")));
      node.put("tip", tip(cell));
      drawn.add("cells", node);
    }
    String says = says(cells, across);
    String id = "rfm-" + across;
    return Optional.of(
        View.of(id, brief.say("rfm.by_" + across), says, TABLE)
            .with(drawn.drawing(id, HEIGHT, says))
            .with(grid(cells, across)));
  }

  private String tip(TableRow cell) {
    return brief.say(
        "rfm.tip",
        brief.voice().customers(cell.count("customer_count")),
        brief.numbers().percent(cell.amount("customer_share")),
        brief.numbers().shortMoney(cell.amount(SALES)),
        cell.number("net_sales_share").map(brief.numbers()::percent).orElse(brief.say("unknown")));
  }

  /** The labels of an axis: each bin, with its bounds in a second line. */
  private SortedMap<Integer, String> axis(List<TableRow> cells, String name) {
    Function<BigDecimal, String> text = limits(cells, name);
    SortedMap<Integer, String> bins = new TreeMap<>();
    for (TableRow cell : cells) {
      int bin = cell.whole(name + "_bin");
      String ends = ends(cell.number(name + "_from"), cell.number(name + "_to"), text);
      bins.merge(
          bin, bin + "\n" + ends, (one, other) -> one.length() >= other.length() ? one : other);
    }
    return bins;
  }

  /** The shortest form of the limits of an axis in which those that differ look different. */
  private Function<BigDecimal, String> limits(List<TableRow> cells, String name) {
    List<BigDecimal> limits =
        cells.stream()
            .flatMap(it -> Stream.of(it.number(name + "_from"), it.number(name + "_to")))
            .flatMap(Optional::stream)
            .map(BigDecimal::stripTrailingZeros)
            .distinct()
            .toList();
    List<Function<BigDecimal, String>> forms =
        List.of(
            brief.numbers()::shortly,
            it -> brief.numbers().decimal(it, 0),
            it -> brief.numbers().decimal(it, 2));
    return forms.stream()
        .filter(form -> limits.stream().map(form).distinct().count() == limits.size())
        .findFirst()
        .orElse(it -> brief.numbers().decimal(it, Math.max(0, it.stripTrailingZeros().scale())));
  }

  private String ends(
      Optional<BigDecimal> from, Optional<BigDecimal> to, Function<BigDecimal, String> text) {
    if (from.isEmpty()) {
      return to.map(it -> "< " + text.apply(it)).orElse("");
    }
    if (to.isPresent() && to.get().compareTo(from.get()) == 0) {
      return brief.say("rfm.no_value");
    }
    return to.map(it -> text.apply(from.get()) + " … <" + text.apply(it))
        .orElse("≥ " + text.apply(from.get()));
  }

  private String says(List<TableRow> cells, String across) {
    TableRow fullest =
        cells.stream()
            .max(
                comparing((TableRow it) -> it.count("customer_count"))
                    .thenComparing(it -> it.amount(SALES)))
            .orElseThrow();
    TableRow richest = cells.stream().max(comparing(it -> it.amount(SALES))).orElseThrow();
    return brief.say(
        fullest.equals(richest) ? "rfm.says_one" : "rfm.says",
        code(richest, across),
        brief.voice().customers(richest.count("customer_count")),
        richest
            .number("net_sales_share")
            .map(brief.numbers()::percent)
            .orElse(brief.say("unknown")),
        fullest.equals(richest)
            ? brief.numbers().percent(fullest.amount("customer_share"))
            : code(fullest, across),
        brief.numbers().percent(fullest.amount("customer_share")));
  }

  private String code(TableRow cell, String across) {
    return brief.say(
        "rfm.code",
        cell.whole(FREQUENCY + "_bin"),
        brief.say("rfm.word_" + across),
        cell.whole(across + "_bin"));
  }

  private HtmlTable grid(List<TableRow> cells, String across) {
    HtmlTable.Builder grid =
        HtmlTable.of(
            "#" + brief.say("rfm.frequency"),
            "#" + brief.say("rfm." + across),
            "#" + brief.say("head.customers"),
            "#" + brief.say("head.customer_share"),
            "#" + brief.say("head.net_sales"),
            "#" + brief.say("head.net_sales_share"));
    for (TableRow cell : cells) {
      grid.row(
          String.valueOf(cell.whole(FREQUENCY + "_bin")),
          String.valueOf(cell.whole(across + "_bin")),
          brief.numbers().count(cell.count("customer_count")),
          brief.numbers().percent(cell.amount("customer_share")),
          brief.numbers().money(cell.amount(SALES)),
          cell.number("net_sales_share").map(brief.numbers()::percent).orElse(""));
    }
    return grid.closed();
  }

  /** The chart of RFM segments with all their customers; empty if there are none. */
  private Optional<View> groups() {
    Map<String, List<TableRow>> names = new LinkedHashMap<>();
    brief
        .state("rfm_segment")
        .ifPresent(state -> state.codes().forEach(code -> names.put(code, new ArrayList<>())));
    cells("SEGMENT")
        .forEach(
            cell ->
                cell.text("rfm_segment")
                    .ifPresent(
                        it -> names.computeIfAbsent(it, code -> new ArrayList<>()).add(cell)));
    names.values().removeIf(it -> TableRow.sum(it, "customer_count").signum() == 0);
    if (names.isEmpty()) {
      return Optional.empty();
    }

    ShareBars bars = new ShareBars(brief, brief.say("rfm.groups"));
    names.forEach(
        (code, cells) ->
            bars.add(
                cells.get(0).name("rfm_segment_name", brief.voice().language()),
                TableRow.sum(cells, "customer_count"),
                Optional.of(TableRow.sum(cells, SALES))));
    return Optional.of(
        bars.view("rfm-groups", brief.say("rfm.by_groups"), BAR * names.size() + 100, TABLE));
  }
}
