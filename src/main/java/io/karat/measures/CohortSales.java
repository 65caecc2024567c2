package io.karat.measures;

import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Customers and net sales by cohort, the month of a customer's first sale, and months since. Rows
 * are partitioned by customer already, so that only the few sums are exchanged.
 */
public final class CohortSales {
  /** The month of the first sale, as a month number. */
  public static final String COHORT = "cohort";

  /** The number of months from the first sale. */
  public static final String MONTHS_SINCE = "months_since";

  /** The number of customers of the cohort with a sale or return in the month. */
  public static final String ACTIVE = "active_customers";

  /** The number of customers of the cohort with a sale in the month. */
  public static final String RETAINED = "retained_customers";

  public static final String NET_SALES = "cohort_net_sales";

  private static final String MONTH = "month";
  private static final String MONTHS = "months";

  private CohortSales() {}

  /** One row per cohort and month in which one of its customers has a sale or return. */
  static Dataset<Row> of(MeasuredRows transactions, Money money) {
    Column isSale = col("type").equalTo("SALE");
    Column net = when(isSale, col("amount")).otherwise(negate(col("amount")));
    CompiledMeasure sales =
        CompiledMeasure.of(
            NET_SALES, when(transactions.isUsed(), net), new PartialAggregate.MoneySum(money));
    CompiledMeasure count =
        CompiledMeasure.of(
            RETAINED,
            when(transactions.isUsed().and(isSale), lit(1)),
            new PartialAggregate.Count());
    Dataset<Row> months =
        GroupedPartials.grouped(
                transactions
                    .rows()
                    .filter(transactions.isUsed())
                    .withColumn(MONTH, ExpressionScope.monthNumber(col("day"))),
                List.of(Columns.CUSTOMER_ID, MONTH),
                List.of(sales, count))
            .rows();
    Column month =
        struct(col(MONTH), sales.result().as(NET_SALES), count.result().gt(0).as(RETAINED));
    Dataset<Row> customers =
        months
            .filter(col(Columns.CUSTOMER_ID).isNotNull())
            .groupBy(Columns.CUSTOMER_ID)
            .agg(collect_list(month).as(MONTHS))
            .select(firstSale().as(COHORT), inline(col(MONTHS)))
            .filter(col(MONTH).geq(col(COHORT)));
    return customers
        .groupBy(col(COHORT), col(MONTH).minus(col(COHORT)).as(MONTHS_SINCE))
        .agg(
            count(lit(1)).as(ACTIVE),
            count_if(col(RETAINED)).as(RETAINED),
            sum(col(NET_SALES)).cast(money.sumType()).as(NET_SALES));
  }

  /** The first of the months with a sale; null if there is none. */
  private static Column firstSale() {
    return array_min(transform(col(MONTHS), it -> when(it.getField(RETAINED), it.getField(MONTH))));
  }
}
