package io.karat.measures;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.expressions.TrySemantics;
import io.karat.input.InputRows;
import io.karat.measures.PartialAggregate.Merge;
import io.karat.measures.PeriodMeasure.Part;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Per;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures per product or channel: the number of products that a customer buys, the main channel.
 */
final class ProductAndChannelMeasures {
  private static final String TOTAL = "total";

  private final Money money;
  private final InputRows input;
  private final List<Measure.Use> uses;

  ProductAndChannelMeasures(Money money, InputRows input, List<Measure.Use> uses) {
    this.money = money;
    this.input = input;
    this.uses = uses;
  }

  /**
   * One frame for products and one for channels, each with one row per customer; left out if no use
   * needs it.
   */
  List<PartialMeasures> perCustomer() {
    List<PartialMeasures> facets = new ArrayList<>();
    List<Measure.Use> products = of(Per.PRODUCT);
    List<Measure.Use> channels = of(Per.CHANNEL);
    Dataset<Row> candidates = ReturnDays.of(input);
    if (!products.isEmpty()) {
      // A customer without any product has 0 products, not an unknown number.
      facets.add(parts(products(candidates, products), products, Optional.of(lit(0L))));
    }
    if (!channels.isEmpty()) {
      facets.add(parts(channels(candidates, channels), channels, Optional.empty()));
    }
    return facets;
  }

  private static PartialMeasures parts(
      Dataset<Row> customers, List<Measure.Use> uses, Optional<Column> none) {
    return new PartialMeasures(
        customers,
        uses.stream().map(use -> Part.of(use.column(), Merge.GREATEST)).toList(),
        uses.stream()
            .collect(
                toMap(
                    Measure.Use::column,
                    use ->
                        none.map(value -> coalesce(col(use.column()), value))
                            .orElse(col(use.column())))));
  }

  private List<Measure.Use> of(Per per) {
    return uses.stream().filter(use -> use.measure().per() == per).distinct().toList();
  }

  /** A product counts in a period if its value is known on a day of the period. */
  private Dataset<Row> products(Dataset<Row> candidates, List<Measure.Use> products) {
    products.forEach(use -> CompiledMeasure.fittingType(use.measure(), candidates, words()));
    List<Column> latest =
        products.stream()
            .map(use -> when(isCounted(use).and(isKnown(use)), col("day")).as(use.column()))
            .toList();
    Dataset<Row> days = counted(candidates, "product_id", latest);
    Dataset<Row> latestDays =
        PartialMeasures.grouped(
            days,
            List.of(Columns.CUSTOMER_ID, "product_id"),
            products.stream().map(use -> max(col(use.column())).as(use.column())).toList());
    return PartialMeasures.grouped(
        latestDays,
        List.of(Columns.CUSTOMER_ID),
        products.stream().map(use -> count(col(use.column())).as(use.column())).toList());
  }

  private Dataset<Row> channels(Dataset<Row> candidates, List<Measure.Use> channels) {
    channels.forEach(use -> CompiledMeasure.fittingType(use.measure(), candidates, words()));
    List<CompiledMeasure> sums = channels.stream().map(use -> summed(use, candidates)).toList();
    List<Column> contributions = new ArrayList<>();
    List<Column> merged = new ArrayList<>();
    List<Column> largest = new ArrayList<>();
    for (CompiledMeasure sum : sums) {
      contributions.addAll(sum.contributionColumns());
      merged.addAll(sum.merged());
      Column ranked =
          when(
              col(sum.partNames().get(0)).isNotNull(),
              struct(negate(sum.result()).as(TOTAL), col("channel").as("channel")));
      largest.add(min(ranked).getField("channel").as(sum.name()));
    }
    Dataset<Row> totals =
        PartialMeasures.grouped(
            counted(candidates, "channel", contributions),
            List.of(Columns.CUSTOMER_ID, "channel"),
            merged);
    return PartialMeasures.grouped(totals, List.of(Columns.CUSTOMER_ID), largest);
  }

  /** The sum per channel whose largest value decides. */
  private CompiledMeasure summed(Measure.Use use, Dataset<Row> candidates) {
    Measure measure = use.measure();
    Measure sum =
        new Measure(
            use.column(),
            measure.table(),
            measure.per(),
            measure.over(),
            measure.where(),
            Aggregate.SUM,
            measure.value());
    return CompiledMeasure.of(sum, candidates, words(), money, isIn(use));
  }

  private Dataset<Row> counted(Dataset<Row> candidates, String facet, List<Column> values) {
    Column[] columns =
        Stream.concat(Stream.of(col(Columns.CUSTOMER_ID), col(facet)), values.stream())
            .toArray(Column[]::new);
    Dataset<Row> used = UsedRows.of(candidates, input.isLines());
    return TrySemantics.lenient(
        candidates.sparkSession(), () -> used.filter(col(facet).isNotNull()).select(columns));
  }

  private Column isCounted(Measure.Use use) {
    Column isCounted =
        use.measure().where().map(where -> where.column(words().columns())).orElse(lit(true));
    return isIn(use).and(isCounted);
  }

  private Column isKnown(Measure.Use use) {
    return use.measure().value().column(words().columns()).isNotNull();
  }

  private ExpressionScope words() {
    return ExpressionScope.ofDay(money)
        .plain("type", col("type"))
        .plain("product_id", col("product_id"))
        .plain("channel", col("channel"))
        .money("amount", col("amount"))
        .build();
  }

  private static Column isIn(Measure.Use use) {
    return use.period().contains(col("day"));
  }
}
