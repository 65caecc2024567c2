package io.karat.tiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Turns what happened on a customer's account into stretches of days on which nothing changes.
 *
 * <p>An event changes the balance on its day and what is due on its due day. The order of events
 * does not matter, as only the ends of days are looked at. A balance that no longer fits 64 bits of
 * minor units is unknown from then on.
 *
 * @param asOf the last day, in days since 1970
 */
record AccountDays(int asOf) implements UDF1<Seq<Row>, List<Row>> {
  /**
   * {@code day}, {@code due_day} (days since 1970), {@code amount} (minor units), and whether it
   * was billed.
   */
  static final StructType EVENT =
      new StructType()
          .add("day", DataTypes.IntegerType)
          .add("due_day", DataTypes.IntegerType)
          .add("amount", DataTypes.LongType)
          .add("is_billed", DataTypes.BooleanType);

  /**
   * First and last day of a stretch, whether the as-of day is among them, the balance and what is
   * overdue at the end of each, and the day of the first transaction.
   */
  static final DataType STRETCHES =
      DataTypes.createArrayType(
          new StructType()
              .add("first_day", DataTypes.IntegerType)
              .add("last_day", DataTypes.IntegerType)
              .add("is_current", DataTypes.BooleanType)
              .add("balance", DataTypes.LongType)
              .add("overdue", DataTypes.LongType)
              .add("first_transaction_day", DataTypes.IntegerType));

  /** A due day that never comes. */
  static final int NEVER = Integer.MAX_VALUE;

  private static final int DAY = 0;
  private static final int DUE_DAY = 1;
  private static final int AMOUNT = 2;
  private static final int IS_BILLED = 3;
  private static final int HALF = 32;

  @Override
  public List<Row> call(Seq<Row> events) {
    List<Row> account = CollectionConverters.asJava(events);
    return new Account(account).stretches(asOf);
  }

  /** The changes of one customer's account: each event is one of its day and one of its due day. */
  private static final class Account {
    private final long[] amounts;
    private final long[] changes;
    private Optional<Integer> firstTransactionDay = Optional.empty();

    Account(List<Row> events) {
      amounts = new long[events.size()];
      changes = new long[2 * events.size()];
      int index = 0;
      for (Row event : events) {
        amounts[index] = event.getLong(AMOUNT);
        changes[2 * index] = change(event.getInt(DAY), 2 * index);
        changes[2 * index + 1] = change(event.getInt(DUE_DAY), 2 * index + 1);
        if (event.getBoolean(IS_BILLED)) {
          int day = event.getInt(DAY);
          firstTransactionDay =
              firstTransactionDay.filter(first -> first <= day).or(() -> Optional.of(day));
        }
        index++;
      }
      Arrays.sort(changes);
    }

    /** Sorts by day; the rest says which change it is. */
    private static long change(int day, int number) {
      return ((long) day << HALF) | number;
    }

    private static int day(long change) {
      return (int) (change >> HALF);
    }

    List<Row> stretches(int asOf) {
      List<Row> stretches = new ArrayList<>();
      Optional<Long> balance = Optional.of(0L);
      Optional<Long> due = Optional.of(0L);
      for (int i = 0; i < changes.length && day(changes[i]) <= asOf; i++) {
        int number = (int) changes[i];
        long amount = amounts[number / 2];
        if (number % 2 == 0) {
          balance = sum(balance, amount);
        } else {
          due = sum(due, amount);
        }
        int day = day(changes[i]);
        int next = i + 1 < changes.length ? Math.min(day(changes[i + 1]), asOf + 1) : asOf + 1;
        if (next > day) {
          stretches.add(
              RowFactory.create(
                  day,
                  next - 1,
                  next > asOf,
                  balance.orElse(null),
                  due.map(sum -> Math.max(sum, 0)).orElse(null),
                  firstTransactionDay.orElse(null)));
        }
      }
      return stretches;
    }

    private static Optional<Long> sum(Optional<Long> sum, long amount) {
      return sum.flatMap(
          before -> {
            long after = before + amount;
            boolean hasOverflown = ((before ^ after) & (amount ^ after)) < 0;
            return hasOverflown ? Optional.empty() : Optional.of(after);
          });
    }
  }
}
