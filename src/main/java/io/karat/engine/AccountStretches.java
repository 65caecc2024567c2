package io.karat.engine;

import io.karat.ledger.AccountChanges;
import io.karat.ledger.Entry;
import io.karat.ledger.Span;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Stretches of days on which nothing changes in the account of a customer, each a row of {@link
 * #COLUMNS}. A balance that does not fit 64 bits of minor units is null.
 */
public final class AccountStretches extends DerivedSums {
  private static final long serialVersionUID = 1L;

  /**
   * First and last day of a stretch, whether it contains the as-of day, the balance and the overdue
   * amount at the end of each of its days, the day of the customer's first transaction, what is
   * paid before it is due, and what falls due on the first day.
   */
  private static final StructType COLUMNS =
      new StructType()
          .add("day", DataTypes.DateType)
          .add("_last_day", DataTypes.DateType)
          .add("is_current", DataTypes.BooleanType)
          .add("balance", DataTypes.LongType)
          .add("overdue", DataTypes.LongType)
          .add("_first_day", DataTypes.DateType)
          .add("early", DataTypes.LongType)
          .add("_falling_due", DataTypes.LongType);

  private final Place billed;
  private final ArrayList<Place> others;
  private final int from;
  private final int asOf;

  /**
   * Stretches that end on {@code from} or later, up to the as-of day.
   *
   * @param expressions what a stretch adds, selected from {@link #frame}
   * @param billed the changes by transactions
   * @param others all other changes
   */
  public AccountStretches(
      EntryExpressions expressions, Place billed, List<Place> others, int from, int asOf) {
    super(expressions, List.of(new Span(Span.BEGINNING, asOf)));
    this.billed = billed;
    this.others = new ArrayList<>(others);
    this.from = from;
    this.asOf = asOf;
  }

  /** A frame without rows that has the columns of a stretch. */
  public static Dataset<Row> frame(SparkSession spark) {
    return EntryExpressions.frame(spark, COLUMNS);
  }

  @Override
  void addRows(Entry[][] ledgers) {
    AccountChanges changes = AccountChanges.none();
    billed.of(ledgers).ifPresent(changes::add);
    OptionalInt first = changes.firstDay();
    Map<Integer, Optional<Long>> falling = new HashMap<>();
    changes.changes().forEach(it -> falling.merge(it.dueDay(), it.amount(), AccountStretches::sum));
    others.forEach(place -> place.of(ledgers).ifPresent(changes::add));
    InternalRow columns = columns();
    for (AccountChanges.Stretch stretch : changes.stretches(from, asOf)) {
      columns.setInt(0, stretch.firstDay());
      columns.setInt(1, stretch.lastDay());
      columns.setBoolean(2, stretch.isCurrent());
      set(columns, 3, stretch.balance());
      set(columns, 4, stretch.overdue());
      set(columns, 5, first.isPresent() ? Optional.of(first.getAsInt()) : Optional.empty());
      set(columns, 6, stretch.early());
      set(columns, 7, falling.getOrDefault(stretch.firstDay(), Optional.of(0L)));
      add(stretch.firstDay());
    }
  }

  /** The sum; empty if it does not fit 64 bits. */
  private static Optional<Long> sum(Optional<Long> one, Optional<Long> other) {
    return one.flatMap(
        it ->
            other
                .map(more -> BigInteger.valueOf(it).add(BigInteger.valueOf(more)))
                .filter(sum -> sum.bitLength() < Long.SIZE)
                .map(BigInteger::longValueExact));
  }
}
