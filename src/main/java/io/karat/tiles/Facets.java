package io.karat.tiles;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.frame.Money;
import io.karat.frame.TrySemantics;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Per;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Measures over what a customer buys and where: how many products, the main channel. */
final class Facets {
  private static final String CUSTOMER = "customer_id";
  private static final String TOTAL = "total";

  private final Money money;
  private final boolean isLines;
  private final List<Measure.Use> uses;

  Facets(Money money, boolean isLines, List<Measure.Use> uses) {
    this.money = money;
    this.isLines = isLines;
    this.uses = uses;
  }

  /** For each facet that is asked for, one row per customer with the columns of its uses. */
  List<Dataset<Row>> perCustomer(Dataset<Row> candidates) {
    List<Dataset<Row>> facets = new ArrayList<>();
    List<Measure.Use> products = of(Per.PRODUCT);
    List<Measure.Use> channels = of(Per.CHANNEL);
    if (!products.isEmpty()) {
      facets.add(products(candidates, products));
    }
    if (!channels.isEmpty()) {
      facets.add(channels(candidates, channels));
    }
    return facets;
  }

  private List<Measure.Use> of(Per per) {
    return uses.stream().filter(use -> use.measure().per() == per).distinct().toList();
  }

  /** A product counts in a period that holds a day on which its value is known. */
  private Dataset<Row> products(Dataset<Row> candidates, List<Measure.Use> products) {
    products.forEach(use -> CompiledMeasure.fittingType(use.measure(), candidates, words()));
    List<Column> latest =
        products.stream()
            .map(use -> when(isCounted(use).and(isKnown(use)), col("day")).as(use.column()))
            .toList();
    Dataset<Row> days = counted(candidates, "product_id", latest);
    Dataset<Row> latestDays =
        grouped(
            days,
            List.of(CUSTOMER, "product_id"),
            products.stream().map(use -> max(col(use.column())).as(use.column())).toList());
    return grouped(
        latestDays,
        List.of(CUSTOMER),
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
        grouped(
            counted(candidates, "channel", contributions), List.of(CUSTOMER, "channel"), merged);
    return grouped(totals, List.of(CUSTOMER), largest);
  }

  /** What is added up per channel to find the largest. */
  private CompiledMeasure summed(Measure.Use use, Dataset<Row> candidates) {
    Measure measure = use.measure();
    Measure sum =
        new Measure(
            use.column(),
            measure.per(),
            measure.over(),
            measure.where(),
            Aggregate.SUM,
            measure.value());
    return CompiledMeasure.of(sum, candidates, words(), money, isIn(use));
  }

  private Dataset<Row> counted(Dataset<Row> candidates, String facet, List<Column> values) {
    Dataset<Row> used =
        isLines ? candidates.withColumn(TOTAL, total()) : candidates.withColumn(TOTAL, lit(0L));
    Column[] columns =
        Stream.concat(Stream.of(col(CUSTOMER), col(facet)), values.stream()).toArray(Column[]::new);
    return TrySemantics.lenient(
        candidates.sparkSession(),
        () ->
            used.filter(not(col("is_duplicate")).and(col(TOTAL).geq(0)).and(col(facet).isNotNull()))
                .select(columns));
  }

  /** What the lines of a transaction add up to; null where that has too many digits. */
  private static Column total() {
    WindowSpec transaction =
        Window.partitionBy(col(CUSTOMER), col("transaction_id"), col("type"), col("day"));
    Column amount = when(not(col("is_duplicate")), coalesce(col("amount"), lit(0L)));
    return Money.minorUnitsOf(
        sum(Money.highHalf(amount)).over(transaction),
        sum(Money.lowHalf(amount)).over(transaction));
  }

  private Column isCounted(Measure.Use use) {
    Column isCounted =
        use.measure().where().map(where -> where.column(words().columns())).orElse(lit(true));
    return isIn(use).and(isCounted);
  }

  private Column isKnown(Measure.Use use) {
    return use.measure().value().column(words().columns()).isNotNull();
  }

  private Words words() {
    return Words.ofDay(money)
        .plain("type", col("type"))
        .plain("product_id", col("product_id"))
        .plain("channel", col("channel"))
        .money("amount", col("amount"))
        .build();
  }

  private static Column isIn(Measure.Use use) {
    return use.period().contains(col("day"));
  }

  private static Dataset<Row> grouped(
      Dataset<Row> rows, List<String> keys, List<Column> aggregates) {
    Column[] by = keys.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
    return rows.groupBy(by)
        .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
  }
}
