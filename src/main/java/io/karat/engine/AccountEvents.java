package io.karat.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What happened on one customer's account, in any order.
 *
 * <p>There are as many of these as customers in a partition, so an event takes no more than two
 * numbers: its two days, with whether it was billed, and its amount.
 */
public final class AccountEvents {
  /** A due day that never comes. */
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

  /** Nothing yet. */
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
   * @param day on which it changes the balance, in days since 1970
   * @param dueDay on which it changes what is due, or {@link #NEVER}
   * @param amount in minor units
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
   * Stretches of days on which nothing changes, in their order, of which some day is asked about.
   *
   * @param from the first day asked about, in days since 1970
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

  /** An event changes something twice: sorted by day, and the rest says which change it is. */
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

  /** A sum of 128 bits, so that no order of the amounts overflows it. */
  private static final class WideSum {
    private long high;
    private long low;

    void add(long amount) {
      low += amount;
      boolean isCarried = Long.compareUnsigned(low, amount) < 0;
      high += (amount < 0 ? -1 : 0) + (isCarried ? 1 : 0);
    }

    /** The sum, where 64 bits hold it. */
    Optional<Long> value() {
      return high == (low < 0 ? -1 : 0) ? Optional.of(low) : Optional.empty();
    }
  }

  /**
   * Days of which each ends with the same balance and the same amount overdue, in minor units;
   * unknown where 64 bits do not hold them.
   *
   * @param isCurrent whether the as-of day is among them
   */
  record Stretch(
      int firstDay,
      int lastDay,
      boolean isCurrent,
      Optional<Long> balance,
      Optional<Long> overdue,
      Optional<Integer> firstTransactionDay) {}
}
