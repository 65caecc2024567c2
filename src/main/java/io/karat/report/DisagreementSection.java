package io.karat.report;

import static java.util.Comparator.comparing;

import io.karat.report.Section.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Section on customers who are the best by one model and not by another: what a class by a single
 * indicator misses of a pyramid. Only where there are both, and the pyramid goes by more than that
 * indicator.
 */
record DisagreementSection(ReportData brief) {
  private static final String TABLE = "class_disagreements";
  private static final String CUSTOMERS = "customer_count";
  private static final String SALES = "net_sales_amount_365d";
  private static final String PROFIT = "profit";

  /** Model and its best level. */
  private record Best(String model, TableRow level) {}

  /** Customers who are in the best level of one model and not in that of another. */
  private record Difference(Best in, Best notIn, List<TableRow> pairs) {}

  Optional<Section> section() {
    List<Best> best = new ArrayList<>();
    new RankedLevels(brief)
        .byModel()
        .forEach((model, levels) -> best.add(new Best(model, levels.get(0))));
    List<Difference> differences =
        best.stream()
            .flatMap(in -> best.stream().map(notIn -> difference(in, notIn)))
            .filter(it -> isPyramid(it.in().model()) != isPyramid(it.notIn().model()))
            .filter(it -> !goBySame(it.in(), it.notIn()) && !goBySame(it.notIn(), it.in()))
            .filter(it -> !it.pairs().isEmpty())
            .toList();
    Optional<Best> single = best.stream().filter(it -> !isPyramid(it.model())).findFirst();
    Optional<Best> pyramid =
        best.stream()
            .filter(it -> isPyramid(it.model()))
            .filter(it -> single.isPresent() && !goBySame(single.get(), it))
            .findFirst();
    List<View> views =
        differences.isEmpty() || pyramid.isEmpty() || single.isEmpty()
            ? List.of()
            : List.of(view(differences, single.get(), pyramid.get()));
    return Section.of(
        "disagreements", brief, "disagreement_section.title", "disagreement_section.about", views);
  }

  /** Whether a pyramid goes by the indicator of a class alone, so that only their cuts differ. */
  private boolean goBySame(Best single, Best pyramid) {
    Optional<String> indicator = single.level().text("by_column");
    return indicator.isPresent()
        && indicator.equals(new PyramidSection(brief).onlyIndicator(pyramid.model()));
  }

  private static boolean isPyramid(String model) {
    return model.endsWith("_tier");
  }

  private Difference difference(Best in, Best notIn) {
    return new Difference(
        in,
        notIn,
        brief.table(TABLE).stream()
            .filter(it -> it.holds("is_disagreement"))
            .filter(
                it ->
                    (isIn(it, in, "") && it.word("other_model").equals(notIn.model()))
                        || (isIn(it, in, "other_") && it.word("model").equals(notIn.model())))
            .toList());
  }

  private static boolean isIn(TableRow pair, Best best, String side) {
    return pair.word(side + "model").equals(best.model())
        && pair.word(side + "level").equals(best.level().word("tier"));
  }

  private View view(List<Difference> differences, Best single, Best pyramid) {
    return new RowTable(
            brief,
            differences.stream()
                .map(this::row)
                .sorted(comparing((TableRow it) -> it.amount(SALES), Comparator.reverseOrder()))
                .toList())
        .text("head.best_by", it -> it.word("in"))
        .text("head.not_best_by", it -> it.word("not_in"))
        .count("head.customers", CUSTOMERS)
        .money("head.net_sales", SALES)
        .money("head.profit", PROFIT)
        .view(
            "disagreements",
            brief.say("disagreement_section.title"),
            brief
                .voice()
                .sentences(
                    Stream.of(
                            missed(differences, pyramid, single),
                            missed(differences, single, pyramid))
                        .flatMap(Optional::stream)
                        .toList()),
            TABLE);
  }

  private TableRow row(Difference difference) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("in", named(difference.in()));
    values.put("not_in", named(difference.notIn()));
    for (String sum : List.of(CUSTOMERS, SALES, PROFIT)) {
      if (difference.pairs().stream().anyMatch(it -> it.number(sum).isPresent())) {
        values.put(sum, TableRow.sum(difference.pairs(), sum));
      }
    }
    return new TableRow(values);
  }

  /** A level with its model: {@code Platinum (Profit pyramid)}. */
  private String named(Best best) {
    return brief.say(
        "label.windowed", new RankedLevels(brief).name(best.level()), brief.model(best.model()));
  }

  /** How many of the best of one model are not the best of the other; empty if it has none. */
  private Optional<String> missed(List<Difference> differences, Best in, Best notIn) {
    long all = in.level().count(CUSTOMERS);
    if (all == 0) {
      return Optional.empty();
    }

    List<TableRow> missed =
        differences.stream()
            .filter(it -> it.in().equals(in) && it.notIn().equals(notIn))
            .flatMap(it -> it.pairs().stream())
            .toList();
    return Optional.of(
        missed.isEmpty()
            ? brief.say(
                "disagreement_section.none", brief.voice().customers(all), named(in), named(notIn))
            : brief.say(
                "disagreement_section.missed",
                brief.voice().customers(all),
                named(in),
                brief.numbers().count(TableRow.sum(missed, CUSTOMERS).longValue()),
                named(notIn),
                brief.numbers().wholeMoney(TableRow.sum(missed, SALES))));
  }
}
