package io.karat.report;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bar chart of groups of customers with two bars each: share of customers and share of net sales.
 */
final class ShareBars {
  private final ReportData brief;
  private final String head;
  private final List<Bar> bars = new ArrayList<>();
  private Optional<Bar> whole = Optional.empty();
  private Optional<String> overlapping = Optional.empty();

  /** Group with its number of customers and net sales. */
  private record Bar(String name, BigDecimal customers, Optional<BigDecimal> sales) {}

  /** Starts a chart of groups, which {@code head} names together. */
  ShareBars(ReportData brief, String head) {
    this.brief = brief;
    this.head = head;
  }

  /**
   * Sets what shares are of, where it is not all groups together.
   *
   * @param overlap the key of a sentence for groups that have customers in common
   */
  void ofAll(BigDecimal customers, Optional<BigDecimal> sales, String overlap) {
    whole = Optional.of(new Bar(head, customers, sales));
    overlapping = Optional.of(overlap);
  }

  void add(String name, BigDecimal customers, Optional<BigDecimal> sales) {
    bars.add(new Bar(name, customers, sales));
  }

  /** The chart, captioned with the group that has the highest net sales. */
  View view(String id, String label, int height, String table) {
    ChartData drawn =
        ChartData.of("bars")
            .axes(brief.say("bars.x"), head)
            .put("names", bars.stream().map(Bar::name).toList());
    drawn.add("series", series("head.customer_share", true));
    if (hasSales()) {
      drawn.add("series", series("head.net_sales_share", false));
    }
    String says = says();
    return View.of(id, label, says, table).with(drawn.drawing(id, height, says)).with(grid());
  }

  private ObjectNode series(String key, boolean isCustomers) {
    ObjectNode series = ChartData.node();
    series.put("name", brief.say(key));
    for (Bar bar : bars) {
      Optional<BigDecimal> share = isCustomers ? customerShare(bar) : salesShare(bar);
      ChartData.add(
          series,
          ChartData.percent(share.orElse(BigDecimal.ZERO)),
          share.map(brief.numbers()::percent).orElse(""),
          brief.say(
              "bars.tip",
              bar.name(),
              brief.voice().customers(bar.customers().longValue()),
              bar.sales().map(brief.numbers()::shortMoney).orElse(brief.say("unknown"))));
    }
    return series;
  }

  private String says() {
    if (!hasSales()) {
      return brief.say("bars.says_unknown");
    }

    Bar most =
        bars.stream().max(comparing(bar -> bar.sales().orElse(BigDecimal.ZERO))).orElseThrow();
    String says =
        salesShare(most)
            .map(
                share ->
                    brief.say(
                        "bars.says",
                        most.name(),
                        brief.numbers().percent(share),
                        customerShare(most).map(brief.numbers()::percent).orElse("")))
            .orElse(brief.say("bars.says_nothing"));
    return overlap()
        .map(
            all ->
                brief
                    .voice()
                    .sentences(
                        List.of(
                            says,
                            brief.say(overlapping.orElseThrow(), brief.numbers().percent(all)))))
        .orElse(says);
  }

  /** The shares of customers together, where groups have some in common. */
  private Optional<BigDecimal> overlap() {
    BigDecimal all =
        bars.stream()
            .flatMap(bar -> customerShare(bar).stream())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return overlapping.isPresent() && all.compareTo(BigDecimal.ONE) > 0
        ? Optional.of(all)
        : Optional.empty();
  }

  private Optional<BigDecimal> customerShare(Bar bar) {
    return ReportData.share(
        bar.customers(),
        whole
            .map(Bar::customers)
            .orElseGet(
                () -> bars.stream().map(Bar::customers).reduce(BigDecimal.ZERO, BigDecimal::add)));
  }

  private Optional<BigDecimal> salesShare(Bar bar) {
    BigDecimal all =
        whole
            .flatMap(Bar::sales)
            .orElseGet(
                () ->
                    bars.stream()
                        .flatMap(it -> it.sales().stream())
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    return bar.sales().flatMap(sales -> ReportData.share(sales, all));
  }

  private boolean hasSales() {
    return bars.stream().anyMatch(bar -> bar.sales().isPresent());
  }

  private HtmlTable grid() {
    HtmlTable.Builder grid =
        HtmlTable.of(
            head,
            "#" + brief.say("head.customers"),
            "#" + brief.say("head.customer_share"),
            "#" + brief.say("head.net_sales"),
            "#" + brief.say("head.net_sales_share"));
    for (Bar bar : bars) {
      grid.row(
          bar.name(),
          brief.numbers().count(bar.customers().longValue()),
          customerShare(bar).map(brief.numbers()::percent).orElse(""),
          bar.sales().map(brief.numbers()::money).orElse(""),
          salesShare(bar).map(brief.numbers()::percent).orElse(""));
    }
    return grid.closed();
  }
}
