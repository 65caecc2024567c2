package io.karat.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Changes of a customer's account: amounts in minor units, each with the day on which it changes
 * the balance and the day on which it falls due. Likewise numbers of complaints, each with the day
 * of the complaint and the day on which it is resolved.
 */
public final class AccountChanges implements Gathered {
  /** The due day of what never falls due. */
  public static final int NEVER = Integer.MAX_VALUE >> 1;

  private static final int HALF = 32;

  /** Both days of each change, that of the balance in the upper half. */
  private long[] days = new long[8];

  private WideSum[] amounts = new WideSum[8];
  private int size;

  /** One change, packed. */
  public static Object of(int day, int dueDay, long amount) {
    Bytes packed = new Bytes();
    write(days(day, dueDay), WideSum.of(amount), day, packed);
    return new PackedDay(packed.copy(), day);
  }

  /** Changes of which none is added yet. */
  public static AccountChanges none() {
    return new AccountChanges();
  }

  private static long days(int day, int dueDay) {
    return (long) day << HALF | Integer.toUnsignedLong(dueDay);
  }

  private static int day(long days) {
    return (int) (days >> HALF);
  }

  @Override
  public void add(Object others) {
    if (others instanceof AccountChanges more) {
      for (int i = 0; i < more.size; i++) {
        add(more.days[i], more.amounts[i]);
      }
      return;
    }

    PackedDay packed = (PackedDay) others;
    ByteCursor cursor = new ByteCursor(packed.bytes());
    while (!cursor.isAtEnd()) {
      long first = cursor.number();
      int day = PackedDay.day(first >>> 2, packed.day());
      int dueDay = (first & 2) == 2 ? PackedDay.day(cursor.number(), day) : day;
      WideSum amount = new WideSum();
      cursor.sum((first & 1) == 1, amount);
      add(days(day, dueDay), amount);
    }
  }

  private void add(long both, WideSum amount) {
    if (size == days.length) {
      days = Arrays.copyOf(days, 2 * size);
      amounts = Arrays.copyOf(amounts, 2 * size);
    }
    days[size] = both;
    amounts[size] = amount;
    size++;
  }

  /**
   * The same from a day on. The changes before that day are one on the last of their days, and
   * those of them that fall due later one for each due day.
   */
  AccountChanges settled(int before) {
    int last =
        Arrays.stream(days, 0, size)
            .mapToInt(AccountChanges::day)
            .filter(day -> day < before)
            .max()
            .orElse(before);
    AccountChanges settled = none();
    for (int i = 0; i < size; i++) {
      int day = day(days[i]);
      int dueDay = (int) days[i];
      settled.add(day < before ? days(last, dueDay < before ? last : dueDay) : days[i], amounts[i]);
    }
    return settled;
  }

  /** The changes by day and due day, those of the same days added up. */
  @Override
  public byte[] packed(int day) {
    Bytes bytes = new Bytes();
    sums().forEach((both, amount) -> write(both, amount, day, bytes));
    return bytes.copy();
  }

  private SortedMap<Long, WideSum> sums() {
    SortedMap<Long, WideSum> sums = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      sums.computeIfAbsent(days[i], it -> new WideSum()).add(amounts[i]);
    }
    return sums;
  }

  /** The changes in the order of their days, those of the same days added up. */
  public List<Change> changes() {
    return sums().entrySet().stream()
        .map(it -> new Change(day(it.getKey()), it.getKey().intValue(), it.getValue().value()))
        .toList();
  }

  private static void write(long both, WideSum amount, int near, Bytes to) {
    int dueDay = (int) both;
    boolean isDueLater = dueDay != day(both);
    int flags = (amount.isWide() ? 1 : 0) | (isDueLater ? 2 : 0);
    to.number((PackedDay.difference(day(both), near) << 2) | flags);
    if (isDueLater) {
      to.number(PackedDay.difference(dueDay, day(both)));
    }
    amount.write(to);
  }

  /** The first day of a change of the balance; empty if there is none. */
  public OptionalInt firstDay() {
    return Arrays.stream(days, 0, size).mapToInt(AccountChanges::day).min();
  }

  /**
   * The stretches of days without change between two days, in order.
   *
   * @param from the first day of interest, in days since 1970; stretches that end earlier are left
   *     out
   * @param asOf the last day
   */
  public List<Stretch> stretches(int from, int asOf) {
    List<Stretch> stretches = new ArrayList<>();
    long[] sorted = sorted();
    WideSum balance = new WideSum();
    WideSum due = new WideSum();
    WideSum neverDue = new WideSum();
    for (int i = 0; i < sorted.length && day(sorted[i]) <= asOf; i++) {
      int number = (int) sorted[i];
      (number % 2 == 0 ? balance : due).add(amounts[number / 2]);
      if (number % 2 == 0 && (int) days[number / 2] == NEVER) {
        neverDue.add(amounts[number / 2]);
      }
      int day = day(sorted[i]);
      int next = i + 1 < sorted.length ? Math.min(day(sorted[i + 1]), asOf + 1) : asOf + 1;
      if (next > day && next > from) {
        stretches.add(
            new Stretch(
                day,
                next - 1,
                next > asOf,
                balance.value(),
                due.value().map(sum -> Math.max(sum, 0)),
                early(balance.value(), due.value(), neverDue.value())));
      }
    }
    return stretches;
  }

  /** What is paid beyond all that is due, at most what is billed and not due yet. */
  private static Optional<Long> early(
      Optional<Long> balance, Optional<Long> due, Optional<Long> neverDue) {
    if (balance.isEmpty() || due.isEmpty() || neverDue.isEmpty()) {
      return Optional.empty();
    }

    try {
      long notDue =
          Math.subtractExact(Math.subtractExact(balance.get(), due.get()), neverDue.get());
      return Optional.of(Math.max(0, Math.min(Math.negateExact(due.get()), notDue)));
    } catch (ArithmeticException tooLarge) {
      return Optional.empty();
    }
  }

  /** Both days of each change, sorted; the lower half tells which change and which of its days. */
  private long[] sorted() {
    long[] sorted = new long[2 * size];
    for (int i = 0; i < size; i++) {
      sorted[2 * i] = (long) day(days[i]) << HALF | 2L * i;
      sorted[2 * i + 1] = (long) (int) days[i] << HALF | 2L * i + 1;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * A change.
   *
   * @param dueDay the other day, {@link #NEVER} if there is none
   * @param amount empty if it does not fit 64 bits
   */
  public record Change(int day, int dueDay, Optional<Long> amount) {}

  /**
   * A stretch of days that all end with the same balance and the same overdue amount, in minor
   * units; each is empty if it does not fit 64 bits.
   *
   * @param firstDay the first day, in days since 1970
   * @param isCurrent whether the as-of day is among the days
   * @param early what is paid before it is due
   */
  public record Stretch(
      int firstDay,
      int lastDay,
      boolean isCurrent,
      Optional<Long> balance,
      Optional<Long> overdue,
      Optional<Long> early) {}
}
