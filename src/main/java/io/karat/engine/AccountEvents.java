package io.karat.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The events of one customer's account, in any order.
 *
 * <p>There is one instance per customer of a partition, so an event takes only two numbers: its two
 * days with whether it was billed, and its amount.
 */
public final class AccountEvents {
  /** The due day of an event that is never due. */
  public static final int NEVER = Integer.MAX_VALUE >> 1;

  private static final int NUMBERS = 2;
  private static final int FIRST_CAPACITY = 8 * NUMBERS;
  private static final int HALF = 32;

  private long[] numbers;
  private int size;

  private AccountEvents(long[] numbers, int size) {
    this.numbers = numbers;
    this.size = size;
  }

  /** No events. */
  static AccountEvents none() {
    return new AccountEvents(new long[FIRST_CAPACITY], 0);
  }

  /** The events that {@link #toBytes} wrote. */
  static AccountEvents of(byte[] bytes) {
    long[] numbers = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(numbers);
    return new AccountEvents(numbers, numbers.length);
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size * Long.BYTES);
    bytes.asLongBuffer().put(numbers, 0, size);
    return bytes.array();
  }

  /**
   * Adds an event.
   *
   * @param day the day on which it changes the balance, in days since 1970
   * @param dueDay the day on which it changes the amount due, or {@link #NEVER}
   * @param amount the change, in minor units
   * @param isBilled whether the event is a transaction
   */
  void add(int day, int dueDay, long amount, boolean isBilled) {
    makeRoomFor(NUMBERS);
    int due = dueDay << 1 | (isBilled ? 1 : 0);
    numbers[size++] = (long) day << HALF | Integer.toUnsignedLong(due);
    numbers[size++] = amount;
  }

  void addAll(AccountEvents more) {
    makeRoomFor(more.size);
    System.arraycopy(more.numbers, 0, numbers, size, more.size);
    size += more.size;
  }

  private void makeRoomFor(int more) {
    if (size + more > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, size + more));
    }
  }

  /**
   * The stretches of days without change between two days, in order.
   *
   * @param from the first day of interest, in days since 1970; stretches that end earlier are left
   *     out
   * @param asOf the last day
   */
  List<Stretch> stretches(int from, int asOf) {
    List<Stretch> stretches = new ArrayList<>();
    Optional<Integer> firstTransactionDay = firstTransactionDay();
    long[] changes = changes();
    WideSum balance = new WideSum();
    WideSum due = new WideSum();
    for (int i = 0; i < changes.length && upper(changes[i]) <= asOf; i++) {
      int number = (int) changes[i];
      WideSum changed = number % NUMBERS == 0 ? balance : due;
      changed.add(numbers[number / NUMBERS * NUMBERS + 1]);
      int day = upper(changes[i]);
      int next = i + 1 < changes.length ? Math.min(upper(changes[i + 1]), asOf + 1) : asOf + 1;
      if (next > day && next > from) {
        stretches.add(
            new Stretch(
                day,
                next - 1,
                next > asOf,
                balance.value(),
                due.value().map(sum -> Math.max(sum, 0)),
                firstTransactionDay));
      }
    }
    return stretches;
  }

  private Optional<Integer> firstTransactionDay() {
    Optional<Integer> first = Optional.empty();
    for (int at = 0; at < size; at += NUMBERS) {
      int day = upper(numbers[at]);
      if ((numbers[at] & 1) == 1 && (first.isEmpty() || day < first.get())) {
        first = Optional.of(day);
      }
    }
    return first;
  }

  /**
   * Two changes per event, sorted by day; the lower half holds the position of the event and which
   * of the two it is.
   */
  private long[] changes() {
    long[] changes = new long[size];
    for (int at = 0; at < size; at += NUMBERS) {
      int dueDay = (int) numbers[at] >> 1;
      changes[at] = (long) upper(numbers[at]) << HALF | at;
      changes[at + 1] = (long) dueDay << HALF | at + 1;
    }
    Arrays.sort(changes);
    return changes;
  }

  private static int upper(long number) {
    return (int) (number >> HALF);
  }

  /** A sum of 128 bits, so that it overflows in no order of the amounts. */
  private static final class WideSum {
    private long high;
    private long low;

    void add(long amount) {
      low += amount;
      boolean isCarried = Long.compareUnsigned(low, amount) < 0;
      high += (amount < 0 ? -1 : 0) + (isCarried ? 1 : 0);
    }

    /** The sum; empty if it does not fit 64 bits. */
    Optional<Long> value() {
      return high == (low < 0 ? -1 : 0) ? Optional.of(low) : Optional.empty();
    }
  }

  /**
   * A stretch of days that all end with the same balance and the same overdue amount, in minor
   * units; either is empty if it does not fit 64 bits.
   *
   * @param firstDay the first day, in days since 1970
   * @param isCurrent whether the as-of day is among the days
   * @param firstTransactionDay the day of the customer's first transaction; empty if there is none
   */
  record Stretch(
      int firstDay,
      int lastDay,
      boolean isCurrent,
      Optional<Long> balance,
      Optional<Long> overdue,
      Optional<Integer> firstTransactionDay) {}
}
