package io.karat.report;

import static java.util.Comparator.comparing;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * Section on complaints by level of the first pyramid, or class: which are open, how long it took
 * to resolve others, and after how many customers came back. Only where complaints are known.
 */
record RecoverySection(ReportData brief) {
  private static final String OPEN = "open_complaint_count";
  private static final String DAYS = "complaint_resolution_days";
  private static final String WON_BACK = "won_back_count";

  private static final String RATIO = "complaint_ratio_365d";
  private static final String CONTACTS = "contact_count_365d";
  private static final String RESOLVED = "resolved_complaint_count_365d";
  private static final String MEAN_DAYS = "complaint_resolution_days_365d";
  private static final String COMPLAINTS = "complaints";
  private static final String RESOLUTION_DAYS = "resolution days";
  private static final String COMPLAINING = "complaining";
  private static final String COMPLAINING_SALES = "complaining sales";

  /** The figures over all customers that the sentences need, of those whose columns there are. */
  static Map<String, Column> figures(Collection<String> columns) {
    Map<String, Column> figures = new LinkedHashMap<>();
    if (columns.containsAll(List.of(RATIO, CONTACTS))) {
      figures.put(COMPLAINTS, product(RATIO, CONTACTS));
    }
    if (columns.containsAll(List.of(MEAN_DAYS, RESOLVED))) {
      figures.put(RESOLVED, sum(RESOLVED));
      figures.put(RESOLUTION_DAYS, product(MEAN_DAYS, RESOLVED));
    }
    if (columns.containsAll(List.of(OPEN, RankedLevels.SALES))) {
      Column isOpen = col(OPEN).gt(0);
      figures.put(COMPLAINING, count(when(isOpen, 1)));
      figures.put(COMPLAINING_SALES, sum(when(isOpen, col(RankedLevels.SALES))));
    }
    return figures;
  }

  /** The sum of the whole numbers of which a customer has the rounded mean or share. */
  private static Column product(String mean, String count) {
    Column numbers = col(mean).cast("decimal(18,6)").multiply(col(count).cast("decimal(18,0)"));
    return sum(round(numbers).cast("bigint"));
  }

  Optional<Section> section() {
    List<View> views =
        new RankedLevels(brief)
            .byModel().entrySet().stream()
                .filter(it -> isKnown(it.getValue()))
                .limit(1)
                .map(it -> view(it.getKey(), it.getValue()))
                .toList();
    return Section.of("recovery", brief, "recovery_section.title", "recovery_section.about", views);
  }

  private static boolean isKnown(List<TableRow> levels) {
    return Stream.of(OPEN, WON_BACK).anyMatch(column -> TableRow.sum(levels, column).signum() > 0);
  }

  private View view(String model, List<TableRow> levels) {
    RankedLevels names = new RankedLevels(brief);
    BigDecimal open = TableRow.sum(levels, OPEN);
    BigDecimal wonBack = TableRow.sum(levels, WON_BACK);
    RowTable rows =
        new RowTable(brief, levels)
            .text("head.tier", names::name)
            .count("head.customers", "customer_count")
            .bar("head.net_sales_share", it -> it.number("net_sales_share"));
    if (open.signum() > 0) {
      rows =
          rows.count("head.open_complaints", OPEN).bar("head.open_complaint_share", of(OPEN, open));
    }
    rows =
        rows.number(
                "head.resolution_days",
                it -> it.number(DAYS).map(days -> brief.numbers().decimal(days, 1)).orElse(""))
            .count("head.won_back", WON_BACK);
    if (wonBack.signum() > 0) {
      rows = rows.bar("head.won_back_share", of(WON_BACK, wonBack));
    }
    return rows.view(
        "recovery-" + model,
        brief.model(model),
        brief.voice().sentences(says(levels, open, wonBack)),
        RankedLevels.TABLE);
  }

  private static Function<TableRow, Optional<BigDecimal>> of(String column, BigDecimal all) {
    return row -> row.number(column).flatMap(part -> ReportData.share(part, all));
  }

  private List<String> says(List<TableRow> levels, BigDecimal open, BigDecimal wonBack) {
    List<String> sentences = new ArrayList<>();
    if (levels.stream().anyMatch(it -> it.number(OPEN).isPresent())) {
      sentences.add(open.signum() > 0 ? open(levels, open) : brief.say("recovery_section.none"));
    }
    brief
        .sum(RESOLVED)
        .filter(resolved -> resolved.signum() > 0)
        .ifPresent(
            resolved ->
                sentences.add(
                    brief.say(
                        "recovery_section.days",
                        brief.numbers().count(resolved.longValue()),
                        brief
                            .numbers()
                            .decimal(
                                brief
                                    .sum(RESOLUTION_DAYS)
                                    .orElse(BigDecimal.ZERO)
                                    .divide(resolved, 2, RoundingMode.HALF_UP),
                                1))));
    brief
        .sum(COMPLAINTS)
        .filter(all -> all.signum() > 0)
        .ifPresent(
            all ->
                sentences.add(
                    brief.say(
                        "recovery_section.won_back",
                        brief.numbers().count(wonBack.longValue()),
                        brief.voice().counted("recovery_section.complaints", all.longValue()))));
    return sentences;
  }

  private String open(List<TableRow> levels, BigDecimal open) {
    TableRow most = levels.stream().max(comparing(it -> it.amount(OPEN))).orElseThrow();
    return brief.say(
        "recovery_section.open",
        brief.voice().counted("recovery_section.complaints", open.longValue()),
        brief.voice().customers(brief.sum(COMPLAINING).orElse(open).longValue()),
        brief.sum(COMPLAINING_SALES).map(brief.numbers()::wholeMoney).orElse(brief.say("unknown")),
        new RankedLevels(brief).name(most),
        brief.numbers().count(most.count(OPEN)));
  }
}
