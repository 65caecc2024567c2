package io.karat.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Findings of a night without much news: what is so anyway. */
record StandingFindings(FindingSearch search) {
  /** Percentages of customers whose share of net sales is told where the first tells no news. */
  private static final List<Integer> ROUND_PERCENTAGES = List.of(20, 50);

  /**
   * Total net sales, their concentration, and the best level.
   *
   * @param isTold whether another finding tells net sales
   */
  List<Finding> all(boolean isTold) {
    String sales = sales();
    List<TableRow> curve =
        search.english().table("concentration").stream()
            .filter(it -> it.word("indicator").equals(sales))
            .sorted(Comparator.comparingInt(it -> it.whole("percent")))
            .toList();
    Optional<TableRow> whole = curve.stream().filter(it -> it.whole("percent") == 100).findFirst();
    Optional<Finding> total =
        isTold
            ? Optional.empty()
            : whole.map(
                all ->
                    search.finding(
                        FindingSearch.NET_SALES,
                        "",
                        all.count("customer_count"),
                        all.amount("amount"),
                        false,
                        largest("customer_indicators", sales),
                        List.of(),
                        search.both(
                            it ->
                                it.say(
                                    "finding.total",
                                    FindingSearch.money(it, all.amount("amount")),
                                    FindingSearch.window(it)))));
    Optional<Finding> best = new LevelFindings(search, "").best();
    Optional<Finding> few = whole.flatMap(all -> few(curve, all, best));
    return Stream.of(total, few, best).flatMap(Optional::stream).toList();
  }

  /**
   * What the largest customers make, of whom there are as few as the curve has, or a round
   * percentage where that would say again what is said of the best level.
   */
  private Optional<Finding> few(List<TableRow> curve, TableRow all, Optional<Finding> best) {
    return Stream.concat(
            curve.stream().filter(it -> it.count("customer_count") > 0).limit(1),
            curve.stream().filter(it -> ROUND_PERCENTAGES.contains(it.whole("percent"))))
        .filter(it -> it.number("amount_share").isPresent())
        .filter(it -> it.count("customer_count") < all.count("customer_count"))
        .filter(
            it ->
                best.stream()
                    .noneMatch(
                        level -> level.isAsLarge(it.count("customer_count"), it.amount("amount"))))
        .findFirst()
        .map(some -> concentration(some, all));
  }

  private Finding concentration(TableRow some, TableRow all) {
    long count = some.count("customer_count");
    return search.finding(
        "CONCENTRATION",
        "",
        count,
        some.amount("amount"),
        false,
        largest("customer_indicators", sales()) + " LIMIT " + count,
        List.of(),
        search.both(
            it ->
                it.say(
                    "finding.concentration" + (count == 1 ? ".one" : ".many"),
                    it.numbers().count(count),
                    it.voice().customers(all.count("customer_count")),
                    it.numbers().percent(some.amount("amount_share")),
                    FindingSearch.money(it, some.amount("amount")),
                    FindingSearch.window(it))));
  }

  private String sales() {
    return CustomerAggregates.windowed("net_sales_amount", search.english().settings());
  }

  private static String largest(String table, String column) {
    return "SELECT * FROM %s ORDER BY %s DESC".formatted(table, column);
  }
}
