package io.karat.ranks;

import static java.util.stream.Collectors.joining;

import io.karat.settings.IndicatorSettings.Better;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Every query over a column, each with a plain implementation to compare with. */
record EveryRankQuery(RankedColumn column, List<Check<?>> checks) {
  private static final List<String> SHARES =
      List.of("0", "0.01", "0.05", "0.2", "0.3333", "0.5", "0.8", "0.999", "1");

  static EveryRankQuery about(RankedColumn column) {
    List<Check<?>> checks = new ArrayList<>();
    for (int bins : List.of(1, 2, 3, 5, 10)) {
      checks.add(
          new Check<>(
              bins + " bins", column.binCuts(bins), all -> all.bins(bins), EveryRankQuery::binned));
    }
    for (String text : SHARES) {
      BigDecimal share = new BigDecimal(text);
      checks.add(Check.of("quantile " + text, column.quantile(share), all -> all.quantile(share)));
      for (Better better : Better.values()) {
        String best = " of the best %s, %s is better".formatted(text, better);
        checks.add(
            Check.of(
                "worst" + best,
                column.topShare(share, better),
                all -> all.topShare(share, better)));
        checks.add(
            Check.of(
                "worst by value" + best,
                column.topValueShare(share, better),
                all ->
                    column.added().isPresent()
                        ? all.topAddedShare(share, better)
                        : all.topValueShare(share, better)));
      }
    }
    for (int most : List.of(2, 3, 7, 1000)) {
      checks.add(Check.of(most + " points", column.rankPoints(most), all -> all.points(most)));
    }
    checks.add(
        new Check<>(
            "concentration",
            column.concentration(),
            EveryRankQuery::concentration,
            (all, answer) -> text(answer)));
    return new EveryRankQuery(column, checks);
  }

  List<RankQuery<?>> questions() {
    return checks.stream().<RankQuery<?>>map(Check::question).toList();
  }

  /** The results of the plain implementation, by group. */
  String plain(Map<Integer, SortedCustomers> customers) {
    return checks.stream().map(check -> check.plainly(customers)).collect(joining("\n"));
  }

  /** The results of the queries, in the same format. */
  String found(Map<Integer, SortedCustomers> customers, RankResults answers) {
    return checks.stream().map(check -> check.found(customers, answers)).collect(joining("\n"));
  }

  /** The bin of each customer, from the cuts alone. */
  private static List<Long> binned(SortedCustomers all, List<BigDecimal> cuts) {
    return all.customers().stream()
        .map(it -> 1 + cuts.stream().filter(cut -> cut.compareTo(it.value()) <= 0).count())
        .toList();
  }

  private static List<String> concentration(SortedCustomers all) {
    List<String> lines = new ArrayList<>();
    boolean isKnown = all.total().signum() > 0;
    lines.add("%d have %s".formatted(all.customers().size(), plain(all.total())));
    lines.add("gini " + (isKnown ? Optional.of(all.gini(6)) : Optional.empty()));
    lines.add("80 % " + (isKnown ? Optional.of(all.mostCustomers()) : Optional.empty()));
    List<BigDecimal> best = all.best();
    for (int percent = 0; percent <= 100; percent++) {
      int number = (percent * all.customers().size() + 99) / 100;
      lines.add("%d %%: %d have %s".formatted(percent, number, plain(best.get(number))));
    }
    return lines;
  }

  private static List<String> text(Concentration answer) {
    List<String> lines = new ArrayList<>();
    lines.add("%d have %s".formatted(answer.customers(), plain(answer.total())));
    lines.add("gini " + answer.gini().map(ratio -> ratio.rounded(6)));
    lines.add("80 % " + answer.mostCustomers());
    IntStream.rangeClosed(0, 100)
        .mapToObj(answer::top)
        .map(
            top ->
                "%d %%: %d have %s".formatted(top.percent(), top.customers(), plain(top.amount())))
        .forEach(lines::add);
    return lines;
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  /**
   * A query and its plain implementation.
   *
   * @param shown the form in which the two results are compared
   */
  record Check<A>(
      String name,
      RankQuery<A> question,
      Function<SortedCustomers, ?> plain,
      BiFunction<SortedCustomers, A, ?> shown) {
    static <A> Check<A> of(String name, RankQuery<A> question, Function<SortedCustomers, A> plain) {
      return new Check<>(name, question, plain, (all, answer) -> answer);
    }

    String plainly(Map<Integer, SortedCustomers> customers) {
      return customers.entrySet().stream()
          .map(group -> line(group.getKey(), plain.apply(group.getValue())))
          .collect(joining("\n"));
    }

    String found(Map<Integer, SortedCustomers> customers, RankResults answers) {
      return answers.byGroup(question).entrySet().stream()
          .map(
              group ->
                  line(
                      group.getKey(), shown.apply(customers.get(group.getKey()), group.getValue())))
          .collect(joining("\n"));
    }

    private String line(int group, Object answer) {
      return "group %d, %s: %s".formatted(group, name, answer);
    }
  }
}
