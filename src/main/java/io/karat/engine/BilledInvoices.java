package io.karat.engine;

import io.karat.ledger.DatedSums;
import io.karat.ledger.Entry;
import io.karat.ledger.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Transactions that are billed and have fallen due, each a row of {@link #COLUMNS}. Amounts of more
 * than 18 digits are unknown.
 */
public final class BilledInvoices extends DerivedSums {
  private static final long serialVersionUID = 1L;

  /** The due day, the amounts billed and paid, and the day of the last payment. */
  private static final StructType COLUMNS =
      new StructType()
          .add("day", DataTypes.DateType)
          .add("billed", DataTypes.LongType)
          .add("paid", DataTypes.LongType)
          .add("paid_day", DataTypes.DateType);

  private static final long LIMIT = 1_000_000_000_000_000_000L;

  private final Place billed;
  private final Place paid;
  private final int asOf;

  /**
   * Invoices of some periods.
   *
   * @param expressions what an invoice adds, selected from {@link #frame}
   * @param billed sums by transaction with their due days
   * @param paid sums by transaction with the days of payments
   */
  public BilledInvoices(
      EntryExpressions expressions, List<Span> periods, Place billed, Place paid, int asOf) {
    super(expressions, periods);
    this.billed = billed;
    this.paid = paid;
    this.asOf = asOf;
  }

  /** A frame without rows that has the columns of an invoice. */
  public static Dataset<Row> frame(SparkSession spark) {
    return EntryExpressions.frame(spark, COLUMNS);
  }

  @Override
  void addRows(Entry[][] ledgers) {
    DatedSums payments = sums(paid, ledgers);
    sums(billed, ledgers).forEach((id, invoice) -> invoice(invoice, payments.of(id)));
  }

  private static DatedSums sums(Place place, Entry[][] ledgers) {
    DatedSums sums = DatedSums.none();
    place.of(ledgers).ifPresent(sums::add);
    return sums;
  }

  private void invoice(DatedSums.Dated invoice, Optional<DatedSums.Dated> payments) {
    long amount = amount(invoice).orElse(0L);
    OptionalInt dueDay = invoice.day();
    if (amount <= 0 || dueDay.isEmpty() || dueDay.getAsInt() > asOf) {
      return;
    }

    InternalRow columns = columns();
    columns.setInt(0, dueDay.getAsInt());
    columns.setLong(1, amount);
    columns.setLong(2, payments.flatMap(BilledInvoices::amount).orElse(0L));
    OptionalInt paidDay = payments.map(DatedSums.Dated::day).orElse(OptionalInt.empty());
    set(columns, 3, paidDay.isPresent() ? Optional.of(paidDay.getAsInt()) : Optional.empty());
    add(dueDay.getAsInt());
  }

  private static Optional<Long> amount(DatedSums.Dated dated) {
    return dated.sum().filter(sum -> Math.abs(sum) < LIMIT);
  }
}
