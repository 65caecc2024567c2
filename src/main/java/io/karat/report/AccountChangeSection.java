package io.karat.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.report.Section.View;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Section on key accounts that were gained and lost, over the longest period that was compared, by
 * model, those with the most money first. Only where there are any.
 */
record AccountChangeSection(ReportData brief) {
  static final String TABLE = "key_account_changes";

  private static final String MODEL = "model";
  private static final String PERIOD = "period_days";
  private static final String CHANGE = "change";
  private static final String GAINED = "GAINED";
  private static final String BEFORE = "net_sales_amount_365d_before";
  private static final String NOW = "net_sales_amount_365d_now";

  /** All accounts of a model and period that were gained, or were lost. */
  private static final String ALL = "all";

  private static final String ALL_BEFORE = "all before";
  private static final String ALL_NOW = "all now";
  private static final int MOST = 8;

  /** The largest accounts of each model, period and change, with what all of them amount to. */
  static List<TableRow> largest(CustomerAggregates customers) throws IOException {
    if (!customers.tables().tables().has(TABLE)) {
      return List.of();
    }

    WindowSpec alike = Window.partitionBy(MODEL, PERIOD, CHANGE);
    Column amount = when(col(CHANGE).equalTo(GAINED), col(NOW)).otherwise(col(BEFORE));
    Dataset<Row> largest =
        customers
            .frame(TABLE)
            .withColumn(ALL, count(lit(1)).over(alike))
            .withColumn(ALL_BEFORE, sum(BEFORE).over(alike))
            .withColumn(ALL_NOW, sum(NOW).over(alike))
            .withColumn(
                "place", row_number().over(alike.orderBy(amount.desc(), asc(Columns.CUSTOMER_ID))))
            .filter(col("place").leq(MOST));
    List<TableRow> rows =
        largest
            .orderBy(asc(MODEL), desc(PERIOD), asc(CHANGE), asc("place"))
            .collectAsList()
            .stream()
            .map(TableRow::of)
            .toList();
    return customers.named(rows);
  }

  Optional<Section> section() {
    int period = brief.table(TABLE).stream().mapToInt(it -> it.whole(PERIOD)).max().orElse(0);
    Map<String, List<TableRow>> models = new LinkedHashMap<>();
    brief.states().forEach(state -> models.put(state.column(), new ArrayList<>()));
    brief.table(TABLE).stream()
        .filter(it -> it.whole(PERIOD) == period)
        .forEach(it -> models.computeIfAbsent(it.word(MODEL), name -> new ArrayList<>()).add(it));
    List<View> views = new ArrayList<>();
    models.entrySet().stream()
        .filter(it -> !it.getValue().isEmpty())
        .sorted(comparing(it -> moved(it.getValue()), Comparator.reverseOrder()))
        .forEach(it -> views.add(view(it.getKey(), it.getValue())));
    return Section.of(
        "account-changes",
        brief,
        "account_change_section.title",
        "account_change_section.about",
        views);
  }

  /** The net sales with which accounts came and went. */
  private static BigDecimal moved(List<TableRow> accounts) {
    return first(accounts, true)
        .map(it -> it.amount(ALL_NOW))
        .orElse(BigDecimal.ZERO)
        .add(first(accounts, false).map(it -> it.amount(ALL_BEFORE)).orElse(BigDecimal.ZERO));
  }

  private View view(String model, List<TableRow> accounts) {
    return new RowTable(brief, accounts)
        .text(
            brief.hasIds() ? "head.customer" : "head.number",
            it ->
                brief.hasIds()
                    ? brief.customer(it)
                    : brief.numbers().count(accounts.indexOf(it) + 1))
        .text("head.before", it -> it.name("from_state_name", brief.voice().language()))
        .text("head.now", it -> it.name("to_state_name", brief.voice().language()))
        .money("head.net_sales_before", BEFORE)
        .money("head.net_sales_now", NOW)
        .money("head.contribution", "contribution")
        .text("head.crossed", this::crossed)
        .view(
            "account-changes-" + model,
            brief.model(model),
            brief.voice().sentences(says(accounts)),
            TABLE);
  }

  /** The indicators with which an account crossed a cut point, in words. */
  private String crossed(TableRow account) {
    return Stream.of(account.word("crossings").split(", "))
        .filter(it -> !it.isEmpty())
        .map(it -> brief.voice().within(brief.label(it)))
        .collect(joining(brief.say("semicolon")));
  }

  private List<String> says(List<TableRow> accounts) {
    LocalDate night = LocalDate.parse(accounts.get(0).word("from_date"));
    List<String> sentences =
        new ArrayList<>(
            List.of(
                brief.say(
                    "account_change_section.since",
                    night,
                    brief
                        .voice()
                        .counted("period", ChronoUnit.DAYS.between(night, brief.asOf())))));
    first(accounts, true)
        .map(
            it ->
                brief.say(
                    "account_change_section.gained",
                    brief.voice().customers(it.count(ALL)),
                    it.name("to_state_name", brief.voice().language()),
                    brief.numbers().wholeMoney(it.amount(ALL_NOW)),
                    brief.numbers().wholeMoney(it.amount(ALL_BEFORE))))
        .ifPresent(sentences::add);
    first(accounts, false)
        .map(
            it ->
                brief.say(
                    "account_change_section.lost",
                    brief.voice().customers(it.count(ALL)),
                    it.name("from_state_name", brief.voice().language()),
                    brief.numbers().wholeMoney(it.amount(ALL_BEFORE)),
                    brief.numbers().wholeMoney(it.amount(ALL_NOW))))
        .ifPresent(sentences::add);
    return sentences;
  }

  private static Optional<TableRow> first(List<TableRow> accounts, boolean isGain) {
    return accounts.stream().filter(it -> it.word(CHANGE).equals(GAINED) == isGain).findFirst();
  }
}
