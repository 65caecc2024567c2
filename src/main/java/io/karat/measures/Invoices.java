package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.BilledInvoices;
import io.karat.engine.DerivedEntries.Place;
import io.karat.ledger.Merge;
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
 * Transactions with the payments that name them, one row per customer and transaction id: what is
 * billed, paid and late.
 *
 * <p>The billed amount is that of sales minus returns with the id, the paid amount that of payments
 * minus refunds that name it, both up to the as-of day; a transaction with nothing billed, or that
 * falls due later, is left out. The row belongs to its due day, which is the day of the sale if it
 * has none or an earlier one; of several sales with one id, the latest counts. An invoice is
 * settled on the day of its last payment once the paid amount reaches the billed one.
 */
final class Invoices {
  /** The name under which a ledger keeps sums by transaction. */
  static final String SUMS = "_transaction_sums";

  private static final String DAY = "day";
  private static final String TRANSACTION = "transaction_id";
  private static final String BILLED = "billed";
  private static final String PAID = "paid";
  private static final String PAID_DAY = "paid_day";
  private static final String IS_SETTLED = "is_settled";

  private final Money money;
  private final Period asOf;
  private final List<Measure.Use> uses;

  /**
   * Measures of invoices.
   *
   * @param uses measures and their periods; only those of {@link MeasureSource#INVOICES} are used
   */
  Invoices(Money money, List<Measure.Use> uses, Period asOf) {
    this.money = money;
    this.asOf = asOf;
    this.uses = DerivedMeasures.uses(MeasureSource.INVOICES, uses);
  }

  /**
   * What a row adds to the sums by transaction; empty if it adds nothing. The day of a sale's sum
   * is its due day, that of a payment's its own.
   */
  static Optional<CompiledMeasure> sum(InputTable table, Dataset<Row> rows, Column isUsed) {
    List<String> columns = Arrays.asList(rows.columns());
    if (!columns.contains(TRANSACTION)) {
      return Optional.empty();
    }

    Column ofType = col("type").equalTo(table == InputTable.PAYMENTS ? "PAYMENT" : "SALE");
    Column dueDay = columns.contains("due_date") ? greatest(col(DAY), col("due_date")) : col(DAY);
    Optional<Column> sum =
        switch (table) {
          case TRANSACTIONS -> Optional.of(sum(Receivables.signed("SALE"), when(ofType, dueDay)));
          case PAYMENTS -> Optional.of(sum(Receivables.signed("PAYMENT"), when(ofType, col(DAY))));
          case CUSTOMERS, CONTACTS, OPPORTUNITIES, ALIASES, MARKETS -> Optional.empty();
        };
    Column isNamed = isUsed.and(col(TRANSACTION).isNotNull());
    return sum.map(
        it ->
            CompiledMeasure.of(
                SUMS, when(isNamed, it), new PartialAggregate.Gathered(Merge.DATED_SUMS)));
  }

  private static Column sum(Column amount, Column day) {
    return struct(
        col(TRANSACTION).cast("string").as(TRANSACTION),
        amount.as("amount"),
        unix_date(day).as("last_day"),
        unix_date(col(DAY)).as(DAY));
  }

  /**
   * What is measured of invoices.
   *
   * @param billed the place of the sums of transactions
   * @param paid the place of the sums of payments
   */
  DerivedMeasures measures(SparkSession spark, Place billed, Place paid) {
    Dataset<Row> invoices =
        BilledInvoices.frame(spark).withColumn(IS_SETTLED, col(PAID).geq(col(BILLED)));
    int last = (int) asOf.to().toEpochDay();
    return DerivedMeasures.ofDays(
        uses,
        invoices,
        scope(),
        money,
        asOf,
        (sums, periods) -> new BilledInvoices(sums, periods, billed, paid, last));
  }

  private ExpressionScope scope() {
    Column isSettled = col(IS_SETTLED);
    Column daysLate = datediff(col(PAID_DAY), col(DAY));
    Column isOverdue = col(DAY).lt(lit(asOf.to()));
    return ExpressionScope.ofDay(money)
        .money(BILLED, col(BILLED))
        .money(PAID, col(PAID))
        .money("unpaid", greatest(col(BILLED).minus(col(PAID)), lit(0L)))
        .wholeNumber("days_late", when(isSettled, daysLate))
        .plain(IS_SETTLED, isSettled)
        .plain("is_late", when(isSettled, daysLate.gt(0)).otherwise(isOverdue))
        .plain("is_disputed", isSettled.equalTo(false).and(isOverdue).and(col(PAID).gt(0)))
        .build();
  }
}
