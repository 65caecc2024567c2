package io.karat.measures;

import static java.util.Comparator.naturalOrder;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.AccountDays;
import io.karat.engine.AccountEvents;
import io.karat.expressions.RowExpression;
import io.karat.input.InputRows;
import io.karat.settings.MeasureSource;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The balance and the overdue amount of customers from day to day, without matching payments to
 * invoices.
 *
 * <p>The balance at the end of a day is the opening balance plus the billed amount (sales minus
 * returns) minus the paid amount (payments minus refunds) up to that day. Overdue is the amount
 * billed with a due day up to that day minus the paid amount, never below zero, as if payments
 * settled first what is due first. A due date before the sale, or none, is the day of the sale.
 *
 * <p>Both change only on days with an event, so they are running sums over a customer's events: one
 * row stands for all days up to the next event. Over a lifetime, days count from the first
 * transaction.
 */
final class Receivables {
  private static final String DAY = "day";
  private static final String DUE_DAY = "due_day";
  private static final String AMOUNT = "amount";
  private static final String IS_BILLED = "is_billed";
  private static final String STRETCHES = "stretches";
  private static final String IS_CURRENT = "is_current";

  /** A day before any event, for the opening balance. */
  private static final LocalDate BEGINNING = LocalDate.EPOCH;

  private final Money money;
  private final Period asOf;
  private final List<Measure.Use> uses;

  /**
   * Measures of receivables.
   *
   * @param uses measures and their periods; only those of {@link MeasureSource#RECEIVABLES} are
   *     used
   */
  Receivables(Money money, List<Measure.Use> uses, Period asOf) {
    this.money = money;
    this.uses =
        uses.stream()
            .filter(use -> use.measure().table() == MeasureSource.RECEIVABLES)
            .distinct()
            .toList();
    this.asOf = asOf;
  }

  /** Partial aggregates per customer; empty if there are no such uses. */
  Optional<PartialMeasures> parts(
      InputRows transactions, InputRows payments, Optional<InputRows> customers) {
    if (uses.isEmpty()) {
      return Optional.empty();
    }

    Dataset<Row> events =
        billed(UsedRows.of(transactions.candidates(), transactions.isLines()))
            .unionByName(paid(UsedRows.of(payments.candidates(), false)));
    Dataset<Row> opened =
        customers
            .map(InputRows::candidates)
            .filter(rows -> Arrays.asList(rows.columns()).contains("opening_balance"))
            .map(rows -> events.unionByName(opening(UsedRows.of(rows, false))))
            .orElse(events);
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
    return Optional.of(PartialMeasures.of(stretches, measures));
  }

  /** A sale changes the balance on its day and the amount due on its due day. */
  private static Dataset<Row> billed(Dataset<Row> transactions) {
    Column amount =
        when(col("type").equalTo("SALE"), col("amount")).otherwise(negate(col("amount")));
    boolean hasDueDate = Arrays.asList(transactions.columns()).contains("due_date");
    Column dueDay = hasDueDate ? greatest(col(DAY), col("due_date")) : col(DAY);
    return events(transactions, col(DAY), unix_date(dueDay), amount, true);
  }

  private static Dataset<Row> paid(Dataset<Row> payments) {
    Column amount =
        when(col("type").equalTo("PAYMENT"), negate(col("amount"))).otherwise(col("amount"));
    return events(payments, col(DAY), unix_date(col(DAY)), amount, false);
  }

  /** The opening balance is in the balance, but never due. */
  private static Dataset<Row> opening(Dataset<Row> customers) {
    return events(
        customers.filter(col("opening_balance").notEqual(0)),
        lit(BEGINNING),
        lit(AccountEvents.NEVER),
        col("opening_balance"),
        false);
  }

  private static Dataset<Row> events(
      Dataset<Row> rows, Column day, Column dueDay, Column amount, boolean isBilled) {
    return rows.select(
        col(Columns.CUSTOMER_ID),
        unix_date(day).as(DAY),
        dueDay.as(DUE_DAY),
        amount.as(AMOUNT),
        lit(isBilled).as(IS_BILLED));
  }

  /** One row per customer and stretch of days without change. */
  private Dataset<Row> stretches(Dataset<Row> events) {
    Column stretches =
        AccountDays.of(
            col(DAY),
            col(DUE_DAY),
            col(AMOUNT),
            col(IS_BILLED),
            firstDay().map(day -> (int) day.toEpochDay()).orElse(Integer.MIN_VALUE),
            (int) asOf.to().toEpochDay());
    return events
        .groupBy(Columns.CUSTOMER_ID)
        .agg(stretches.as(STRETCHES))
        .select(col(Columns.CUSTOMER_ID), inline(col(STRETCHES)))
        .select(
            col(Columns.CUSTOMER_ID),
            date_from_unix_date(col("first_day")).as(DAY),
            date_from_unix_date(col("last_day")).as("_last_day"),
            col(IS_CURRENT),
            col("balance"),
            col("overdue"),
            date_from_unix_date(col("first_transaction_day")).as("_first_day"));
  }

  /** The first day that any measure needs; empty if one has no beginning. */
  private Optional<LocalDate> firstDay() {
    List<Optional<LocalDate>> days =
        uses.stream()
            .map(use -> isOfAsOfDay(use.measure()) ? Optional.of(asOf.to()) : use.period().from())
            .toList();
    return days.stream().allMatch(Optional::isPresent)
        ? days.stream().flatMap(Optional::stream).min(naturalOrder())
        : Optional.empty();
  }

  /** Whether a measure needs the as-of day alone, whatever its period. */
  private static boolean isOfAsOfDay(Measure measure) {
    return measure.where().flatMap(RowExpression::asWord).equals(Optional.of(IS_CURRENT));
  }

  private static ExpressionScope words(Period period, Money money) {
    return ExpressionScope.of(money)
        .money("balance", col("balance"))
        .money("owed", when(col("balance").gt(0), col("balance")).otherwise(none()))
        .money("overdue", col("overdue"))
        .wholeNumber("days", days(period))
        .plain(IS_CURRENT, col(IS_CURRENT))
        .build();
  }

  /** 0, or null if the balance is null. */
  private static Column none() {
    return when(col("balance").isNotNull(), lit(0L));
  }

  /**
   * The number of days inside the period; null over a lifetime of a customer without a transaction.
   */
  private static Column days(Period period) {
    Column first = period.from().map(from -> lit(from)).orElse(col("_first_day"));
    Column last = least(col("_last_day"), lit(period.to()));
    Column days = greatest(datediff(last, greatest(col(DAY), first)).plus(1), lit(0));
    return when(first.isNotNull(), days);
  }

  private static Column isIn(Period period) {
    return coalesce(days(period).gt(0), lit(true));
  }

  /** Each period has other days, so each use is compiled as a measure of its own. */
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
