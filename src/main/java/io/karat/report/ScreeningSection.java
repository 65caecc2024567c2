package io.karat.report;

import static java.util.Comparator.comparing;

import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Section on screenings: how many customers meet one criterion after the other. Only where a
 * screening is configured.
 */
record ScreeningSection(ReportData brief) {
  private static final String TABLE = "screening_funnel";
  private static final String SCREENED = "customer_count";
  private static final String UNKNOWN = "unknown_count";
  private static final String ALONE = "failed_alone_count";
  private static final String ALONE_SALES = "failed_alone_net_sales_amount_365d";
  private static final String LEFT = "remaining_count";
  private static final String SALES = "net_sales_amount_365d";

  Optional<Section> section() {
    Map<String, List<TableRow>> screenings = new LinkedHashMap<>();
    brief.table(TABLE).stream()
        .sorted(comparing(it -> it.whole("position")))
        .filter(it -> it.count(SCREENED) > 0)
        .forEach(
            it ->
                screenings
                    .computeIfAbsent(it.word("screening"), name -> new ArrayList<>())
                    .add(it));
    List<View> views = new ArrayList<>();
    screenings.forEach((name, criteria) -> views.add(view(name, criteria)));
    return Section.of(
        "screening", brief, "screening_section.title", "screening_section.about", views);
  }

  private View view(String screening, List<TableRow> criteria) {
    return new RowTable(brief, criteria)
        .text("head.criterion", this::criterion)
        .bar("head.met", it -> ReportData.share(it.amount("passed_count"), it.amount(SCREENED)))
        .count("head.met_count", "passed_count")
        .count("head.failed", "failed_count")
        .count("head.not_known", UNKNOWN)
        .count("head.failed_alone", ALONE)
        .money("head.failed_alone_sales", ALONE_SALES)
        .bar("head.remaining", it -> ReportData.share(it.amount(LEFT), it.amount(SCREENED)))
        .count("head.remaining_count", LEFT)
        .money("head.remaining_sales", SALES)
        .view(
            "screening-" + screening,
            brief.model(screening),
            brief.voice().sentences(says(criteria)),
            TABLE);
  }

  /** A criterion in words: {@code Satisfaction (last 365 days) at least 4}. */
  private String criterion(TableRow row) {
    String column = row.word("by_column");
    return row.number("bound_value")
        .map(
            bound ->
                brief.say(
                    row.word("bound").equals("min")
                        ? "segments.at_least"
                        : "screening_section.most",
                    brief.label(column),
                    brief.limit(column, bound)))
        .orElse(brief.label(column));
  }

  private List<String> says(List<TableRow> criteria) {
    TableRow last = criteria.get(criteria.size() - 1);
    List<String> sentences = new ArrayList<>();
    Optional<BigDecimal> all = brief.sum(SALES);
    sentences.add(
        brief.say(
            "screening_section.says",
            brief.numbers().count(last.count(LEFT)),
            brief.voice().customers(last.count(SCREENED)),
            brief.numbers().wholeMoney(last.amount(SALES)),
            all.flatMap(it -> ReportData.share(last.amount(SALES), it))
                .map(brief.numbers()::percent)
                .orElse(brief.say("unknown"))));
    criteria.stream()
        .filter(it -> it.count(ALONE) > 0)
        .max(comparing(it -> it.amount(ALONE_SALES)))
        .map(
            it ->
                brief.say(
                    "screening_section.alone",
                    brief.voice().customers(it.count(ALONE)),
                    brief.numbers().wholeMoney(it.amount(ALONE_SALES)),
                    criterion(it)))
        .ifPresent(sentences::add);
    criteria.stream()
        .filter(it -> it.count(UNKNOWN) > 0)
        .max(comparing(it -> it.amount(UNKNOWN)))
        .map(
            it ->
                brief.say(
                    "screening_section.unknown",
                    brief.label(it.word("by_column")),
                    brief.voice().customers(it.count(UNKNOWN))))
        .ifPresent(sentences::add);
    return sentences;
  }
}
