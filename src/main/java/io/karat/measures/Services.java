package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.unix_date;

import io.karat.engine.DerivedEntries.Place;
import io.karat.engine.ServiceDays;
import io.karat.settings.InputTable;
import io.karat.settings.MeasureSource;
import io.karat.tables.Money;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Costs of the contacts of customers, one row for each day of contact: what they cost, and when the
 * customer bought next up to the as-of day. A sale of the same day is none after it.
 */
final class Services {
  /** The name under which a ledger keeps costs by day. */
  static final String COSTS = "_service_costs";

  private static final String COST = "cost";

  private final Money money;
  private final Period asOf;
  private final List<Measure.Use> uses;

  /**
   * Measures of services.
   *
   * @param uses measures and their periods; only those of {@link MeasureSource#SERVICES} are used
   */
  Services(Money money, List<Measure.Use> uses, Period asOf) {
    this.money = money;
    this.asOf = asOf;
    this.uses = DerivedMeasures.uses(MeasureSource.SERVICES, uses);
  }

  /** The cost of a contact; empty if rows of an input have none. */
  static Optional<CompiledMeasure> costs(InputTable table, Dataset<Row> rows, Column isUsed) {
    boolean isKnown = table == InputTable.CONTACTS && Arrays.asList(rows.columns()).contains(COST);
    return isKnown
        ? Optional.of(
            Complaints.gathered(
                COSTS, isUsed.and(col(COST).isNotNull()), unix_date(col("day")), col(COST)))
        : Optional.empty();
  }

  /**
   * What is measured of services.
   *
   * @param costs the place of the costs
   * @param sales the place of the days of sales; none if no sales are known
   */
  DerivedMeasures measures(SparkSession spark, Place costs, List<Place> sales) {
    return DerivedMeasures.ofDays(
        uses,
        ServiceDays.frame(spark),
        ExpressionScope.ofDay(money)
            .money(COST, col(COST))
            .wholeNumber("days_to_sale", datediff(col("sale_day"), col("day")))
            .build(),
        money,
        asOf,
        (sums, periods) -> new ServiceDays(sums, periods, costs, sales));
  }
}
