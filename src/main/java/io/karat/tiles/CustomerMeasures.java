package io.karat.tiles;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.frame.Money;
import io.karat.frame.TrySemantics;
import io.karat.settings.MeasureSettings.Per;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Computes measures per customer over the periods that are asked for.
 *
 * @param money the money of this business
 * @param isLines whether rows are lines of transactions
 * @param hasDuplicates whether rows are marked as delivered again
 * @param uses which measures, over which periods
 * @param asOf everything up to the as-of day
 */
public record CustomerMeasures(
    Money money, boolean isLines, boolean hasDuplicates, List<Measure.Use> uses, Period asOf) {
  private static final String CUSTOMER = "customer_id";
  private static final String[] CUSTOMERS = {CUSTOMER};

  public CustomerMeasures {
    uses = List.copyOf(uses);
  }

  /**
   * One row per customer of {@code candidates}: {@code customer_id}, one column per use, and the
   * {@link Tally}. Customers of whom no row is used have {@code used_rows} 0.
   *
   * @param candidates rows not after the as-of day, those of a customer in one partition, with
   *     {@code is_duplicate}
   */
  public Dataset<Row> of(Dataset<Row> candidates) {
    Set<Measure> measures = new LinkedHashSet<>();
    uses.forEach(use -> measures.add(use.measure()));
    List<Measure> ofLevels = measures.stream().filter(CustomerMeasures::isOfLevels).toList();
    Level days = new TransactionLevels(money, isLines, hasDuplicates, ofLevels).days(candidates);
    Dataset<Row> customers = customers(days, ofLevels);

    for (Dataset<Row> facet : new Facets(money, isLines, uses).perCustomer(candidates)) {
      // Both sides lie together already; a broadcast would collect all customers on the driver.
      customers = customers.join(facet.hint("merge"), CUSTOMERS, "left");
    }
    return customers.select(columns());
  }

  private Dataset<Row> customers(Level days, List<Measure> measures) {
    Words words = DayWords.of(money);
    Column isUsed = coalesce(col(Tally.USED_ROWS + "__0"), lit(0L)).gt(0);
    List<CompiledMeasure> ofDays =
        measures.stream()
            .filter(measure -> measure.per() == Per.DAY)
            .map(measure -> CompiledMeasure.of(measure, days.rows(), words, money, isUsed))
            .toList();
    List<CompiledMeasure> compiled =
        Stream.concat(days.measures().stream(), ofDays.stream()).toList();
    Column[] contributions =
        Stream.of(
                Stream.of(col(CUSTOMER), col("day")),
                days.measures().stream()
                    .flatMap(measure -> measure.partNames().stream())
                    .map(functions::col),
                ofDays.stream().flatMap(measure -> measure.contributionColumns().stream()))
            .flatMap(columns -> columns)
            .toArray(Column[]::new);
    Dataset<Row> contributing =
        TrySemantics.lenient(days.rows().sparkSession(), () -> days.rows().select(contributions));

    List<Column> merged = new ArrayList<>();
    List<Column> results = new ArrayList<>(List.of(col(CUSTOMER)));
    for (CompiledMeasure measure : compiled) {
      for (Period period : periods(measure)) {
        merged.addAll(measure.mergedOver(period, col("day")));
        results.add(measure.resultOver(period).as(column(measure, period)));
      }
    }
    return contributing
        .groupBy(CUSTOMER)
        .agg(merged.get(0), merged.subList(1, merged.size()).toArray(Column[]::new))
        .select(results.toArray(Column[]::new));
  }

  private List<Period> periods(CompiledMeasure measure) {
    return Tally.NAMES.contains(measure.name())
        ? List.of(asOf)
        : uses.stream()
            .filter(use -> use.measure().name().equals(measure.name()))
            .map(Measure.Use::period)
            .distinct()
            .toList();
  }

  private static String column(CompiledMeasure measure, Period period) {
    return Tally.NAMES.contains(measure.name())
        ? measure.name()
        : measure.name() + "_" + period.suffix();
  }

  private Column[] columns() {
    Stream<Column> measured = uses.stream().distinct().map(CustomerMeasures::column);
    return Stream.of(Stream.of(col(CUSTOMER)), measured, Tally.NAMES.stream().map(functions::col))
        .flatMap(columns -> columns)
        .toArray(Column[]::new);
  }

  /** A customer without any product has none of them, not an unknown number. */
  private static Column column(Measure.Use use) {
    Column column = col(use.column());
    return use.measure().per() == Per.PRODUCT ? coalesce(column, lit(0L)).as(use.column()) : column;
  }

  private static boolean isOfLevels(Measure measure) {
    return switch (measure.per()) {
      case ROW, TRANSACTION, DAY -> true;
      case PRODUCT, CHANNEL -> false;
    };
  }
}
