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
    return state(candidates).results();
  }

  /** The same, as the merged parts of which the measures are then computed. */
  public State state(Dataset<Row> candidates) {
    Set<Measure> measures = new LinkedHashSet<>();
    uses.forEach(use -> measures.add(use.measure()));
    List<Measure> ofLevels = measures.stream().filter(CustomerMeasures::isOfLevels).toList();
    Level days = new TransactionLevels(money, isLines, hasDuplicates, ofLevels).days(candidates);
    State customers = customers(days, ofLevels);

    Dataset<Row> parts = customers.parts();
    for (Dataset<Row> facet : new Facets(money, isLines, uses).perCustomer(candidates)) {
      // Both sides lie together already; a broadcast would collect all customers on the driver.
      parts = parts.join(facet.hint("merge"), CUSTOMERS, "left");
    }
    List<Column> results = new ArrayList<>(customers.results);
    uses.stream()
        .filter(use -> !isOfLevels(use.measure()))
        .distinct()
        .forEach(use -> results.add(facet(use)));
    return new State(parts, results);
  }

  private State customers(Level days, List<Measure> measures) {
    List<CompiledMeasure> ofDays = ofDays(days, measures);
    List<Column> merged = new ArrayList<>();
    List<Column> results = new ArrayList<>(List.of(col(CUSTOMER)));
    for (CompiledMeasure measure :
        Stream.concat(days.measures().stream(), ofDays.stream()).toList()) {
      for (Period period : periods(measure)) {
        merged.addAll(measure.mergedOver(period, col("day")));
        results.add(measure.resultOver(period).as(column(measure, period)));
      }
    }
    Dataset<Row> parts =
        contributing(days, ofDays)
            .groupBy(CUSTOMER)
            .agg(merged.get(0), merged.subList(1, merged.size()).toArray(Column[]::new));
    return new State(parts, results);
  }

  private List<CompiledMeasure> ofDays(Level days, List<Measure> measures) {
    Words words = DayWords.of(money);
    Column isUsed = coalesce(col(Tally.USED_ROWS + "__0"), lit(0L)).gt(0);
    return measures.stream()
        .filter(measure -> measure.per() == Per.DAY)
        .map(measure -> CompiledMeasure.of(measure, days.rows(), words, money, isUsed))
        .toList();
  }

  private static Dataset<Row> contributing(Level days, List<CompiledMeasure> ofDays) {
    Column[] contributions =
        Stream.of(
                Stream.of(col(CUSTOMER), col("day")),
                days.measures().stream()
                    .flatMap(measure -> measure.partNames().stream())
                    .map(functions::col),
                ofDays.stream().flatMap(measure -> measure.contributionColumns().stream()))
            .flatMap(columns -> columns)
            .toArray(Column[]::new);
    return TrySemantics.lenient(
        days.rows().sparkSession(), () -> days.rows().select(contributions));
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

  /** A customer without any product has none of them, not an unknown number. */
  private static Column facet(Measure.Use use) {
    Column column = col(use.column());
    return use.measure().per() == Per.PRODUCT ? coalesce(column, lit(0L)).as(use.column()) : column;
  }

  private static boolean isOfLevels(Measure measure) {
    return switch (measure.per()) {
      case ROW, TRANSACTION, DAY -> true;
      case PRODUCT, CHANNEL -> false;
    };
  }

  /**
   * Merged parts of measures, one row per customer, beside which a stored frame may have other
   * rows.
   *
   * <p>Parts are whole numbers and small to compute; the decimals of the results are left to a
   * projection of their own, so that neither is too large to be compiled well.
   */
  public static final class State {
    private final Dataset<Row> parts;
    private final List<Column> results;

    private State(Dataset<Row> parts, List<Column> results) {
      this.parts = parts;
      this.results = List.copyOf(results);
    }

    /** The parts, one row per customer. */
    public Dataset<Row> parts() {
      return parts;
    }

    /** The same state, read back from where its parts were stored. */
    public State of(Dataset<Row> stored) {
      return new State(stored, results);
    }

    /** {@code customer_id}, one column per use, and the {@link Tally}. */
    public Dataset<Row> results() {
      return parts.filter(col(CUSTOMER).isNotNull()).select(results.toArray(Column[]::new));
    }
  }
}
