package io.karat.tiles;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_sum;
import static org.apache.spark.sql.functions.when;

import io.karat.frame.Money;
import io.karat.input.InputRows;
import io.karat.settings.Measured;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What customers owe from day to day, without knowing which payment settled which invoice.
 *
 * <p>The balance at the end of a day is the opening balance plus what was billed (sales minus
 * returns) minus what was paid (payments minus refunds) up to that day. Overdue is what was billed
 * with a due day up to that day minus what was paid, never below zero, as if payments settled first
 * what is due first. A due date before the sale, or none, is the day of the sale.
 *
 * <p>Both change only on days with an event, so they are running sums over a customer's events: one
 * row per event stands for the days up to the next. Over a lifetime days count from the first
 * transaction.
 */
final class Receivables {
  private static final String CUSTOMER = "customer_id";
  private static final String DAY = "day";
  private static final String BALANCE = "_balance_change";
  private static final String DUE = "_due_change";
  private static final String BILLED_DAY = "_billed_day";

  /** Before any event: the opening balance is owed from the beginning. */
  private static final LocalDate BEGINNING = LocalDate.EPOCH;

  private final Money money;
  private final Period asOf;
  private final List<Measure.Use> uses;

  /**
   * Measures of receivables.
   *
   * @param uses those of {@link Measured#RECEIVABLES}
   */
  Receivables(Money money, List<Measure.Use> uses, Period asOf) {
    this.money = money;
    this.uses =
        uses.stream()
            .filter(use -> use.measure().table() == Measured.RECEIVABLES)
            .distinct()
            .toList();
    this.asOf = asOf;
  }

  /** The parts per customer; none where nothing is asked for. */
  Optional<CustomerParts> parts(
      InputRows transactions, InputRows payments, Optional<InputRows> customers) {
    if (uses.isEmpty()) {
      return Optional.empty();
    }

    Dataset<Row> changes =
        billed(UsedRows.of(transactions.candidates(), transactions.isLines()))
            .unionByName(paid(UsedRows.of(payments.candidates(), false)));
    Dataset<Row> opened =
        customers
            .map(InputRows::candidates)
            .filter(rows -> Arrays.asList(rows.columns()).contains("opening_balance"))
            .map(rows -> changes.unionByName(opening(UsedRows.of(rows, false))))
            .orElse(changes);
    Dataset<Row> stretches = stretches(opened);
    List<PeriodMeasure> measures =
        uses.stream()
            .map(
                use ->
                    CompiledMeasure.of(
                            named(use),
                            stretches,
                            words(use.period(), money),
                            money,
                            isIn(use.period()))
                        .over(asOf, use.column()))
            .toList();
    return Optional.of(CustomerParts.of(stretches, measures));
  }

  /** A sale changes the balance on its day and what is due on its due day. */
  private Dataset<Row> billed(Dataset<Row> transactions) {
    Column amount =
        when(col("type").equalTo("SALE"), col("amount")).otherwise(negate(col("amount")));
    if (!Arrays.asList(transactions.columns()).contains("due_date")) {
      return transactions.select(
          col(CUSTOMER), col(DAY), amount.as(BALANCE), amount.as(DUE), col(DAY).as(BILLED_DAY));
    }

    Column dueDay = greatest(col(DAY), col("due_date"));
    Column none = lit(0L);
    Column atOnce = array(change(col(DAY), amount, amount, col(DAY)));
    Column later =
        array(
            change(col(DAY), amount, none, col(DAY)),
            change(dueDay, none, amount, lit(null).cast("date")));
    return transactions
        .select(col(CUSTOMER), inline(when(dueDay.equalTo(col(DAY)), atOnce).otherwise(later)))
        .filter(col(DAY).leq(lit(asOf.to())));
  }

  private static Column change(Column day, Column balance, Column due, Column billedDay) {
    return struct(day.as(DAY), balance.as(BALANCE), due.as(DUE), billedDay.as(BILLED_DAY));
  }

  private static Dataset<Row> paid(Dataset<Row> payments) {
    Column amount =
        when(col("type").equalTo("PAYMENT"), negate(col("amount"))).otherwise(col("amount"));
    return payments.select(
        col(CUSTOMER),
        col(DAY),
        amount.as(BALANCE),
        amount.as(DUE),
        lit(null).cast("date").as(BILLED_DAY));
  }

  private static Dataset<Row> opening(Dataset<Row> customers) {
    return customers
        .filter(col("opening_balance").notEqual(0))
        .select(
            col(CUSTOMER),
            lit(BEGINNING).as(DAY),
            col("opening_balance").as(BALANCE),
            lit(0L).as(DUE),
            lit(null).cast("date").as(BILLED_DAY));
  }

  /** Of the events of one day only the last stays, so their order does not matter. */
  private Dataset<Row> stretches(Dataset<Row> changes) {
    WindowSpec customer = Window.partitionBy(CUSTOMER);
    WindowSpec inOrder = customer.orderBy(DAY);
    WindowSpec soFar = inOrder.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    WindowSpec all = inOrder.rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    Column next = lead(col(DAY), 1).over(inOrder);
    return changes
        .select(
            col(CUSTOMER),
            col(DAY),
            coalesce(date_sub(next, 1), lit(asOf.to())).as("_last_day"),
            next.isNull().as("is_current"),
            try_sum(col(BALANCE)).over(soFar).as("balance"),
            greatest(try_sum(col(DUE)).over(soFar), lit(0L)).as("overdue"),
            min(col(BILLED_DAY)).over(all).as("_first_day"))
        .filter(col("_last_day").geq(col(DAY)));
  }

  private static Words words(Period period, Money money) {
    return Words.of(money)
        .money("balance", col("balance"))
        .money("owed", greatest(col("balance"), lit(0L)))
        .money("overdue", col("overdue"))
        .wholeNumber("days", days(period))
        .plain("is_current", col("is_current"))
        .build();
  }

  /** How many days of the period; unknown where the customer's own begin with no transaction. */
  private static Column days(Period period) {
    Column first = period.from().map(from -> lit(from)).orElse(col("_first_day"));
    Column last = least(col("_last_day"), lit(period.to()));
    Column days = greatest(datediff(last, greatest(col(DAY), first)).plus(1), lit(0));
    return when(first.isNotNull(), days);
  }

  private static Column isIn(Period period) {
    return coalesce(days(period).gt(0), lit(true));
  }

  /** Each period counts other days, so each use is a measure of its own. */
  private static Measure named(Measure.Use use) {
    Measure measure = use.measure();
    return new Measure(
        "_" + use.column(),
        measure.table(),
        measure.per(),
        measure.over(),
        measure.where(),
        measure.aggregate(),
        measure.value());
  }
}
