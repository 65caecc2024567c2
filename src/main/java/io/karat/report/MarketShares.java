package io.karat.report;

import static java.util.Comparator.comparing;

import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Share of the business in the markets of a characteristic, as a table with the highest share and
 * the markets without a customer in words.
 */
record MarketShares(ReportData brief, String characteristic, List<TableRow> values) {
  private static final String SALES = LargestValues.SALES;
  private static final String SIZE = LargestValues.SIZE;
  private static final String SHARE = "market_share";
  private static final String KNOWN_ON = "market_date";
  private static final int MOST = 20;

  MarketShares {
    values = List.copyOf(values);
  }

  /** The largest markets; empty where no market is known. */
  Optional<View> view() {
    List<TableRow> markets =
        values.stream()
            .filter(it -> it.text(KNOWN_ON).isPresent())
            .sorted(LargestValues.by(SIZE))
            .limit(MOST)
            .toList();
    String label = brief.label(characteristic);
    return markets.isEmpty()
        ? Optional.empty()
        : Optional.of(
            View.of(
                    "market-" + characteristic,
                    brief.say("market.label", label),
                    says(markets),
                    CoverageSection.TABLE)
                .with(grid(label, markets)));
  }

  private String says(List<TableRow> markets) {
    String share =
        markets.stream()
            .filter(it -> it.number(SHARE).isPresent())
            .max(comparing(it -> it.amount(SHARE)))
            .map(
                it ->
                    brief.say(
                        "market.says",
                        it.word("value"),
                        brief.numbers().percent(it.amount(SHARE)),
                        brief.numbers().wholeMoney(it.amount(SALES)),
                        brief.asOf(),
                        brief.numbers().wholeMoney(it.amount(SIZE)),
                        it.word(KNOWN_ON)))
            .orElse(brief.say("market.says_unknown"));
    List<String> uncovered =
        markets.stream()
            .filter(it -> it.count("customer_count") == 0)
            .map(it -> it.word("value"))
            .toList();
    return uncovered.isEmpty()
        ? share
        : brief.say(
            "market.uncovered", share, String.join(brief.isChinese() ? "、" : ", ", uncovered));
  }

  private HtmlTable grid(String label, List<TableRow> markets) {
    HtmlTable.Builder grid =
        HtmlTable.of(
            label,
            "#" + brief.say("head.market_amount"),
            "#" + brief.say("head.net_sales"),
            "#" + brief.say("head.market_share"),
            "#" + brief.say("head.market_customers"),
            "#" + brief.say("head.buyers"),
            "#" + brief.say("head.penetration"),
            brief.say("head.market_date"));
    for (TableRow it : markets) {
      grid.row(
          it.word("value"),
          money(it.number(SIZE)),
          money(it.number(SALES)),
          percent(it.number(SHARE)),
          count(it.number("market_customers")),
          count(it.number("buyer_count")),
          percent(it.number("penetration")),
          it.word(KNOWN_ON));
    }
    return grid.open();
  }

  private String money(Optional<BigDecimal> amount) {
    return amount.map(brief.numbers()::money).orElse("");
  }

  private String percent(Optional<BigDecimal> share) {
    return share.map(brief.numbers()::percent).orElse("");
  }

  private String count(Optional<BigDecimal> count) {
    return count.map(it -> brief.numbers().count(it.longValue())).orElse("");
  }
}
