package io.karat.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.when;

import io.karat.input.InputRows;
import io.karat.measures.PartialAggregate.Extreme;
import io.karat.measures.PartialAggregate.Merge;
import io.karat.measures.PartialAggregate.MoneySum;
import io.karat.settings.MeasureSource;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

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
  private static final String DAY = "day";
  private static final String TRANSACTION = "transaction_id";
  private static final String BILLED = "billed";
  private static final String PAID = "paid";
  private static final String DUE_DAY = "due_day";
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
    this.uses =
        uses.stream()
            .filter(use -> use.measure().table() == MeasureSource.INVOICES)
            .distinct()
            .toList();
  }

  /** Partial aggregates per customer; empty if there are no such uses. */
  Optional<PartialMeasures> parts(InputRows transactions, InputRows payments) {
    if (uses.isEmpty()) {
      return Optional.empty();
    }

    Dataset<Row> events =
        billed(UsedRows.of(transactions.candidates(), transactions.isLines()))
            .unionByName(paid(UsedRows.of(payments.candidates(), false)));
    Dataset<Row> invoices = invoices(events.filter(col(TRANSACTION).isNotNull()));
    List<PeriodMeasure> measures =
        uses.stream()
            .map(Measure.Use::measure)
            .distinct()
            .map(it -> CompiledMeasure.of(it, invoices, scope(), money, lit(true)))
            .flatMap(this::over)
            .toList();
    return Optional.of(PartialMeasures.of(invoices, measures));
  }

  private Stream<PeriodMeasure> over(CompiledMeasure measure) {
    return uses.stream()
        .filter(use -> use.measure().name().equals(measure.name()))
        .map(use -> measure.over(use.period(), use.column()));
  }

  private static Dataset<Row> billed(Dataset<Row> transactions) {
    Column isSale = col("type").equalTo("SALE");
    boolean hasDueDate = Arrays.asList(transactions.columns()).contains("due_date");
    Column dueDay = hasDueDate ? greatest(col(DAY), col("due_date")) : col(DAY);
    return transactions.select(
        col(Columns.CUSTOMER_ID),
        col(TRANSACTION),
        when(isSale, col("amount")).otherwise(negate(col("amount"))).as(BILLED),
        when(isSale, dueDay).as(DUE_DAY),
        lit(null).cast(DataTypes.LongType).as(PAID),
        lit(null).cast(DataTypes.DateType).as(PAID_DAY));
  }

  private static Dataset<Row> paid(Dataset<Row> payments) {
    Column isPayment = col("type").equalTo("PAYMENT");
    return payments.select(
        col(Columns.CUSTOMER_ID),
        col(TRANSACTION),
        lit(null).cast(DataTypes.LongType).as(BILLED),
        lit(null).cast(DataTypes.DateType).as(DUE_DAY),
        when(isPayment, col("amount")).otherwise(negate(col("amount"))).as(PAID),
        when(isPayment, col(DAY)).as(PAID_DAY));
  }

  /**
   * One row per transaction that is billed and has fallen due; amounts in minor units, null where
   * they overflow.
   */
  private Dataset<Row> invoices(Dataset<Row> events) {
    DataType date = DataTypes.DateType;
    Dataset<Row> grouped =
        GroupedPartials.grouped(
                events,
                List.of(Columns.CUSTOMER_ID, TRANSACTION),
                List.of(
                    CompiledMeasure.of(BILLED, col(BILLED), new MoneySum(money)),
                    CompiledMeasure.of(PAID, col(PAID), new MoneySum(money)),
                    CompiledMeasure.of(DUE_DAY, col(DUE_DAY), new Extreme(date, Merge.GREATEST)),
                    CompiledMeasure.of(PAID_DAY, col(PAID_DAY), new Extreme(date, Merge.GREATEST))))
            .rows();
    return grouped
        .select(
            col(Columns.CUSTOMER_ID),
            col(DUE_DAY + "__0").as(DAY),
            sum(BILLED).as(BILLED),
            coalesce(sum(PAID), lit(0L)).as(PAID),
            col(PAID_DAY + "__0").as(PAID_DAY))
        .filter(col(BILLED).gt(0).and(col(DAY).leq(lit(asOf.to()))))
        .withColumn(IS_SETTLED, col(PAID).geq(col(BILLED)));
  }

  private static Column sum(String name) {
    return Money.minorUnitsOf(col(name + "__0"), col(name + "__1"));
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
