package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.sum;

import io.karat.engine.CohortMonths;
import io.karat.expressions.RowExpression;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import io.karat.tables.Money;
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
  /** The month of the first sale, as a month number. */
  public static final String COHORT = CohortMonths.COHORT;

  /** The number of months from the first sale. */
  public static final String MONTHS_SINCE = CohortMonths.SINCE;

  /** The number of customers of the cohort with a sale in the month. */
  public static final String RETAINED = "retained_customers";

  public static final String NET_SALES = "cohort_net_sales";

  private static final Measure SALE_COUNT =
      measure("_cohort_sale_count", Per.TRANSACTION, "SALE", Aggregate.COUNT, "1");
  private static final Measure SALES =
      measure("_cohort_sales", Per.ROW, "SALE", Aggregate.SUM, "amount");
  private static final Measure RETURNS =
      measure("_cohort_returns", Per.ROW, "RETURN", Aggregate.SUM, "amount");

  private CohortSales() {}

  /** What a ledger of transactions has to keep; the built-in measures keep the same. */
  static List<Measure> measures() {
    return List.of(SALE_COUNT, SALES, RETURNS);
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
   */
  static CohortMonths months(int number, InputLedger ledger) {
    return new CohortMonths(
        number,
        ledger.shape(),
        part(SALE_COUNT, ledger),
        part(SALES, ledger),
        part(RETURNS, ledger),
        (int) ledger.measures().asOf().to().toEpochDay());
  }

  private static int part(Measure measure, InputLedger ledger) {
    return Objects.requireNonNull(ledger.parts().get(measure.name()));
  }

  /** One row per cohort and month in which one of its customers has a sale or return. */
  static Dataset<Row> of(Dataset<Row> customers, Money money) {
    return customers
        .select(inline(col(CohortMonths.NAME)))
        .groupBy(COHORT, MONTHS_SINCE)
        .agg(
            count_if(col(CohortMonths.HAS_SALE)).as(RETAINED),
            money.sum(sum(CohortMonths.HIGH), sum(CohortMonths.LOW)).as(NET_SALES));
  }
}
