package io.karat.measures;

import static java.util.Comparator.naturalOrder;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.AccountStretches;
import io.karat.engine.DerivedEntries.Place;
import io.karat.expressions.RowExpression;
import io.karat.ledger.AccountChanges;
import io.karat.ledger.Merge;
import io.karat.settings.InputTable;
import io.karat.settings.MeasureSource;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The balance and the overdue amount of customers from day to day, without matching payments to
 * invoices.
 *
 * <p>The balance at the end of a day is the opening balance plus the billed amount (sales minus
 * returns) minus the paid amount (payments minus refunds) up to that day. Overdue is the amount
 * billed with a due day up to that day minus the paid amount, never below zero, as if payments
 * settled first what is due first. A due date before the sale, or none, is the day of the sale.
 *
 * <p>Both change only on days with an event, so they are running sums over a customer's changes,
 * which its ledgers keep: one row stands for all days up to the next event. Over a lifetime, days
 * count from the first transaction.
 */
final class Receivables {
  /** The name under which a ledger keeps the changes of an account. */
  static final String CHANGES = "_account_changes";

  private static final String DAY = "day";
  private static final String AMOUNT = "amount";
  private static final String OPENING_BALANCE = "opening_balance";
  private static final String IS_CURRENT = "is_current";

  /** A day before any event, for the opening balance. */
  private static final int BEGINNING = 0;

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
    this.uses = DerivedMeasures.uses(MeasureSource.RECEIVABLES, uses);
    this.asOf = asOf;
  }

  /**
   * The change of an account by a row of an input; empty if its rows change none. A sale changes
   * the balance on its day and the amount due on its due day; the opening balance is never due.
   */
  Optional<CompiledMeasure> change(InputTable table, Dataset<Row> rows, Column isUsed) {
    List<String> columns = Arrays.asList(rows.columns());
    Column day = ReturnDays.ownDay(rows);
    Optional<Column> change =
        switch (table) {
          case TRANSACTIONS -> {
            Column dueDay = columns.contains("due_date") ? greatest(day, col("due_date")) : day;
            yield Optional.of(change(unix_date(day), unix_date(dueDay), signed("SALE")));
          }
          case PAYMENTS ->
              Optional.of(change(unix_date(day), unix_date(day), negate(signed("PAYMENT"))));
          case CUSTOMERS ->
              columns.contains(OPENING_BALANCE)
                  ? Optional.of(
                      when(
                          col(OPENING_BALANCE).notEqual(0),
                          change(lit(BEGINNING), lit(AccountChanges.NEVER), col(OPENING_BALANCE))))
                  : Optional.empty();
          case CONTACTS, OPPORTUNITIES, ALIASES, MARKETS -> Optional.empty();
        };
    return change.map(
        it ->
            CompiledMeasure.of(CHANGES, when(isUsed, it), new PartialAggregate.Gathered(merge())));
  }

  /** A measure over a lifetime needs the balance of every day. */
  private Merge merge() {
    return firstDay().isPresent() ? Merge.BALANCE : Merge.ACCOUNT;
  }

  private static Column change(Column day, Column dueDay, Column amount) {
    return struct(day.as(DAY), dueDay.as("due_day"), amount.as(AMOUNT));
  }

  /** The amount of a row, or its opposite if the row is of another type. */
  static Column signed(String type) {
    return when(col("type").equalTo(type), col(AMOUNT)).otherwise(negate(col(AMOUNT)));
  }

  /**
   * What is measured of an account.
   *
   * @param billed the place of the changes by transactions
   * @param others the places of other changes
   */
  DerivedMeasures measures(SparkSession spark, Place billed, List<Place> others) {
    Dataset<Row> stretches = AccountStretches.frame(spark);
    List<CompiledMeasure> compiled =
        uses.stream()
            .map(
                use ->
                    CompiledMeasure.of(
                        named(use),
                        stretches,
                        words(use.period(), money),
                        money,
                        isIn(use.period())))
            .toList();
    LedgerParts parts = LedgerParts.shared(compiled);
    List<PeriodMeasure> measures = new ArrayList<>();
    for (int i = 0; i < compiled.size(); i++) {
      CompiledMeasure measure = compiled.get(i);
      measures.add(measure.over(asOf, uses.get(i).column(), parts.first(measure)));
    }
    return new DerivedMeasures(
        new LedgerMeasures(measures, asOf),
        new AccountStretches(
            parts.of(stretches),
            billed,
            others,
            firstDay().map(day -> (int) day.toEpochDay()).orElse(Integer.MIN_VALUE),
            (int) asOf.to().toEpochDay()));
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
        .money("early", col("early"))
        .money("falling_due", fallingDue(period))
        .wholeNumber("days", days(period))
        .plain(IS_CURRENT, col(IS_CURRENT))
        .build();
  }

  /** What falls due on the first day, if that is inside the period. */
  private static Column fallingDue(Period period) {
    Column amount = col("_falling_due");
    return period
        .from()
        .map(from -> when(col(DAY).geq(lit(from)), amount).otherwise(lit(0L)))
        .orElse(amount);
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
