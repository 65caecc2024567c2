package io.karat.report;

import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import io.karat.report.Section.View;
import io.karat.settings.BuyerTypes;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Section on what key customers value most: how many are of each buyer type, what they bring, and
 * the largest of each. Only where buyer types are told apart.
 */
record BuyerTypeSection(ReportData brief) {
  static final String LARGEST = "buyer_type_customers";

  private static final String TYPE = BuyerTypes.TYPE;
  private static final String SALES = RankedLevels.SALES;
  private static final String PROFIT = "profit_365d";
  private static final String PLACE = "place";

  /** All customers of a type, and what they bring. */
  private static final String ALL = "all";

  private static final String ALL_SALES = "all sales";
  private static final String ALL_PROFIT = "all profit";
  private static final int MOST = 5;

  /** The largest customers of each type, with what all of it amount to; none without types. */
  static List<TableRow> largest(CustomerAggregates customers) throws IOException {
    Dataset<Row> values = customers.frame(ReleaseTables.VALUES);
    if (!CustomerAggregates.has(values, BuyerTypes.MARGIN)) {
      return List.of();
    }

    Dataset<Row> indicators = customers.frame(ReleaseTables.INDICATORS);
    Column[] brought =
        Stream.of(Columns.CUSTOMER_ID, SALES, PROFIT)
            .filter(name -> CustomerAggregates.has(indicators, name))
            .map(name -> col(name))
            .toArray(Column[]::new);
    Dataset<Row> key =
        values
            .filter(col(TYPE).isNotNull())
            .select(Columns.CUSTOMER_ID, TYPE, BuyerTypes.MARGIN)
            .join(indicators.select(brought), Columns.CUSTOMER_ID);
    WindowSpec alike = Window.partitionBy(TYPE);
    Column[] order = {desc(SALES), asc(Columns.CUSTOMER_ID)};
    Column profit = CustomerAggregates.has(key, PROFIT) ? sum(PROFIT).over(alike) : lit(null);
    Dataset<Row> largest =
        key.withColumn(ALL, count(lit(1)).over(alike))
            .withColumn(ALL_SALES, sum(SALES).over(alike))
            .withColumn(ALL_PROFIT, profit)
            .withColumn(PLACE, row_number().over(alike.orderBy(order)))
            .filter(col(PLACE).leq(MOST));
    return customers.named(
        largest
            .orderBy(
                col(TYPE).equalTo(BuyerTypes.UNDECIDED).asc(),
                desc(ALL_SALES),
                asc(TYPE),
                asc(PLACE))
            .collectAsList()
            .stream()
            .map(TableRow::of)
            .toList());
  }

  Optional<Section> section() {
    List<TableRow> customers = brief.table(LARGEST);
    List<TableRow> types = customers.stream().filter(it -> it.whole(PLACE) == 1).toList();
    return Section.of(
        "buyer-types",
        brief,
        "buyer_type_section.title",
        "buyer_type_section.about",
        types.isEmpty() ? List.of() : List.of(types(types), customers(customers)));
  }

  private View types(List<TableRow> types) {
    return new RowTable(brief, types)
        .text("head.buyer_type", this::name)
        .count("head.customers", ALL)
        .bar("head.customer_share", it -> share(it, types, ALL))
        .money("head.net_sales", ALL_SALES)
        .bar("head.net_sales_share", it -> share(it, types, ALL_SALES))
        .money("head.profit", ALL_PROFIT)
        .bar("head.profit_share", it -> share(it, types, ALL_PROFIT))
        .view(
            "buyer-types-all",
            brief.say("buyer_type_section.types"),
            brief.voice().sentences(says(types)),
            ReleaseTables.VALUES,
            ReleaseTables.INDICATORS);
  }

  private View customers(List<TableRow> customers) {
    return new RowTable(brief, customers)
        .text(
            brief.hasIds() ? "head.customer" : "head.number",
            it ->
                brief.hasIds()
                    ? brief.customer(it)
                    : brief.numbers().count(customers.indexOf(it) + 1))
        .text("head.buyer_type", this::name)
        .money("head.net_sales", SALES)
        .money("head.profit", PROFIT)
        .number(
            "head.lead", it -> it.number(BuyerTypes.MARGIN).map(brief.numbers()::plain).orElse(""))
        .view(
            "buyer-types-largest",
            brief.say("buyer_type_section.largest"),
            brief.say("buyer_type_section.largest_says", brief.numbers().count(MOST)),
            ReleaseTables.VALUES,
            ReleaseTables.INDICATORS);
  }

  private String name(TableRow row) {
    return brief.name(row.word(TYPE));
  }

  /** The part of a type in all; empty where it is not known of each type. */
  private static Optional<BigDecimal> share(TableRow type, List<TableRow> types, String column) {
    return types.stream().allMatch(it -> it.number(column).isPresent())
        ? ReportData.share(type.amount(column), TableRow.sum(types, column))
        : Optional.empty();
  }

  private List<String> says(List<TableRow> types) {
    List<TableRow> decided =
        types.stream().filter(it -> !it.word(TYPE).equals(BuyerTypes.UNDECIDED)).toList();
    String all = brief.voice().customers(TableRow.sum(types, ALL).longValue());
    if (decided.isEmpty()) {
      return List.of(brief.say("buyer_type_section.none", all));
    }

    List<String> sentences =
        new ArrayList<>(
            List.of(
                brief.say(
                    "buyer_type_section.decided",
                    brief.numbers().count(TableRow.sum(decided, ALL).longValue()),
                    all),
                brief.say(
                    "buyer_type_section.sales",
                    name(decided.get(0)),
                    brief.voice().customers(decided.get(0).count(ALL)),
                    brief.numbers().wholeMoney(decided.get(0).amount(ALL_SALES)),
                    percent(decided.get(0), types, ALL_SALES))));
    decided.stream()
        .filter(it -> share(it, types, ALL_PROFIT).isPresent())
        .max((one, other) -> one.amount(ALL_PROFIT).compareTo(other.amount(ALL_PROFIT)))
        .map(
            it ->
                brief.say(
                    "buyer_type_section.profit",
                    name(it),
                    brief.numbers().wholeMoney(it.amount(ALL_PROFIT)),
                    percent(it, types, ALL_PROFIT)))
        .ifPresent(sentences::add);
    return sentences;
  }

  private String percent(TableRow type, List<TableRow> types, String column) {
    return share(type, types, column).map(brief.numbers()::percent).orElse(brief.say("unknown"));
  }
}
