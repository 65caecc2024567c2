package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.sum;

import io.karat.engine.CohortMonths;
import io.karat.expressions.RowExpression;
import io.karat.ledger.Span;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import io.karat.state.CohortMonth;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Customers and net sales by cohort, the month of a customer's first sale, and months since. The
 * ledger of transactions has the months of each customer, so that only the few sums are exchanged.
 */
public final class CohortSales {
  private static final String RETAINED = "retained_customers";
  private static final String NET_SALES = "cohort_net_sales";

  private static final Measure SALE_COUNT =
      measure("_cohort_sale_count", Per.TRANSACTION, "SALE", Aggregate.COUNT, "1");
  private static final Measure SALES =
      measure("_cohort_sales", Per.ROW, "SALE", Aggregate.SUM, "amount");
  private static final Measure RETURNS =
      measure("_cohort_returns", Per.ROW, "RETURN", Aggregate.SUM, "amount");
  private static final Measure FIRST_SALE =
      measure("_cohort_first_sale", Per.ROW, "SALE", Aggregate.MIN, "day");

  private CohortSales() {}

  /** What a ledger of transactions has to keep; the built-in measures keep the same. */
  static List<Measure> measures() {
    return List.of(SALE_COUNT, SALES, RETURNS, FIRST_SALE);
  }

  private static Measure measure(
      String name, Per per, String type, Aggregate aggregate, String value) {
    return new Measure(
        name,
        MeasureSource.TRANSACTIONS,
        per,
        Over.LIFETIME,
        Optional.of(RowExpression.parse("type = '%s'".formatted(type))),
        aggregate,
        RowExpression.parse(value));
  }

  /**
   * The months of customers in a ledger of transactions.
   *
   * @param number the number of the ledger
   * @param kept the days with an entry of their own
   */
  static CohortMonths months(int number, InputLedger ledger, Span kept) {
    return new CohortMonths(
        number,
        ledger.shape(),
        part(SALE_COUNT, ledger),
        part(SALES, ledger),
        part(RETURNS, ledger),
        part(FIRST_SALE, ledger),
        kept.from());
  }

  private static int part(Measure measure, InputLedger ledger) {
    return Objects.requireNonNull(ledger.parts().get(measure.name()));
  }

  /** The months of cohorts in which one of their customers has a sale or return. */
  static List<CohortMonth> of(Dataset<Row> customers, Money money) {
    // One row per cohort and month.
    return customers
        .select(inline(col(CohortMonths.NAME)))
        .groupBy(CohortMonths.COHORT, CohortMonths.SINCE)
        .agg(
            count_if(col(CohortMonths.HAS_SALE)).as(RETAINED),
            money.sum(sum(CohortMonths.HIGH), sum(CohortMonths.LOW)).as(NET_SALES))
        .collectAsList()
        .stream()
        .map(CohortSales::month)
        .toList();
  }

  private static CohortMonth month(Row row) {
    return new CohortMonth(
        row.<Integer>getAs(CohortMonths.COHORT),
        row.<Integer>getAs(CohortMonths.SINCE),
        row.<Long>getAs(RETAINED),
        Optional.ofNullable(row.<BigDecimal>getAs(NET_SALES)).orElse(BigDecimal.ZERO));
  }
}
