package io.karat.report;

import static java.util.Comparator.comparing;

import io.karat.measures.ChannelSales;
import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Section on market coverage: customers and sales by characteristic, such as region and industry,
 * and by channel; the share in their markets, where sizes of markets are known.
 */
record CoverageSection(ReportData brief) {
  static final String TABLE = "market_coverage";
  private static final String SALES = LargestValues.SALES;
  private static final int MOST = 12;
  private static final int BAR = 44;

  Section section() {
    Map<String, List<TableRow>> characteristics = new TreeMap<>();
    for (TableRow entry : brief.table(TABLE)) {
      characteristics
          .computeIfAbsent(entry.word("characteristic"), it -> new ArrayList<>())
          .add(entry);
    }
    List<View> views = new ArrayList<>();
    characteristics.forEach(
        (name, values) -> {
          List<TableRow> covered =
              values.stream().filter(it -> it.count("customer_count") > 0).toList();
          if (!covered.isEmpty()) {
            views.add(view(name, covered));
          }
          new MarketShares(brief, name, values).view().ifPresent(views::add);
        });
    List<String> lacks = views.isEmpty() ? List.of(brief.say("coverage.lacks")) : List.of();
    return new Section(
        "coverage", brief.say("coverage.title"), brief.say("coverage.about"), views, lacks);
  }

  private View view(String characteristic, List<TableRow> values) {
    List<TableRow> bestFirst =
        values.stream()
            .sorted(
                comparing((TableRow it) -> it.number(LargestValues.OTHERS).isPresent())
                    .thenComparing(LargestValues.by(SALES)))
            .toList();
    boolean isCut = bestFirst.size() > MOST;
    List<TableRow> shown = isCut ? bestFirst.subList(0, MOST - 1) : bestFirst;
    boolean isOfSales = characteristic.equals(ChannelSales.CHANNEL);
    String label = isOfSales ? brief.say("coverage.channel") : brief.label(characteristic);
    ShareBars bars = new ShareBars(brief, label);
    if (isOfSales) {
      bars.ofAll(BigDecimal.valueOf(brief.customers()), brief.sum(SALES), "coverage.channels");
    }
    shown.forEach(
        it ->
            bars.add(
                it.text("value")
                    .map(value -> value(label, value))
                    .orElse(brief.say("coverage.unknown")),
                it.amount("customer_count"),
                it.number(SALES)));
    if (isCut) {
      List<TableRow> rest = bestFirst.subList(MOST - 1, bestFirst.size());
      bars.add(
          brief.say("coverage.rest", LargestValues.count(rest)),
          TableRow.sum(rest, "customer_count"),
          Optional.of(TableRow.sum(rest, SALES))
              .filter(sum -> rest.stream().anyMatch(it -> it.number(SALES).isPresent())));
    }
    int height = BAR * Math.min(MOST, bestFirst.size()) + 110;
    return bars.view("coverage-" + characteristic, label, height, TABLE);
  }

  /** A value in words; that of a flag with what it is a flag of. */
  private String value(String label, String value) {
    String shown = brief.voice().value(value);
    return shown.equals(value)
        ? value
        : brief.say("label.windowed", shown, brief.voice().within(label));
  }
}
