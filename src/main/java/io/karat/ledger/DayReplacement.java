package io.karat.ledger;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * Replacement of days of a customer by days that were built anew. It holds for every customer: who
 * has no new entry of such a day has none any more.
 */
public final class DayReplacement implements Serializable {
  private static final long serialVersionUID = 1L;

  private final EntrySchema schema;
  private final int since;
  private final int[] rebuilt;
  private final int[] compared;
  private final transient EntryReader older;
  private final transient EntryReader newer;
  private final transient EntryWriter writer;
  private final transient Entry sum;
  private transient int differing;
  private transient boolean isAsBefore;

  /**
   * A replacement.
   *
   * @param since the first day that keeps an entry of its own, in days since 1970: what is before
   *     becomes one entry, under the last of its days
   * @param rebuilt the days that are replaced, all since then; newer entries have no others
   * @param compared those of them whose entries should be what they were
   */
  public DayReplacement(
      EntrySchema schema, int since, Collection<Integer> rebuilt, Collection<Integer> compared) {
    this(schema, since, sorted(rebuilt), sorted(compared));
  }

  private DayReplacement(EntrySchema schema, int since, int[] rebuilt, int[] compared) {
    this.schema = schema;
    this.since = since;
    this.rebuilt = rebuilt;
    this.compared = compared;
    older = new EntryReader(schema);
    newer = new EntryReader(schema);
    writer = new EntryWriter(schema);
    sum = new Entry(schema);
  }

  /** Every task has readers and a writer of its own. */
  private Object readResolve() {
    return new DayReplacement(schema, since, rebuilt, compared);
  }

  /** The days of a customer with the newer ones in their places; empty if none is left. */
  public Optional<byte[]> of(Optional<byte[]> olderDays, Optional<byte[]> newerDays) {
    differing = 0;
    isAsBefore = true;
    writer.begin();
    boolean isOlder = olderDays.isPresent() && begun(older, olderDays.get()) && together();
    boolean isNewer = newerDays.isPresent() && begun(newer, newerDays.get());
    while (isOlder || isNewer) {
      boolean takesNewer = isNewer && (!isOlder || newer.day() <= older.day());
      boolean takesOlder = isOlder && (!isNewer || older.day() <= newer.day());
      int day = takesNewer ? newer.day() : older.day();
      boolean isKept =
          takesOlder
              && (takesNewer ? older.entry().isSame(day, newer.entry()) : !contains(rebuilt, day));
      write(isKept, takesNewer);
      differing += !isKept && contains(compared, day) ? 1 : 0;
      isNewer = takesNewer ? newer.next() : isNewer;
      isOlder = takesOlder ? older.next() : isOlder;
    }
    return writer.isEmpty() ? Optional.empty() : Optional.of(writer.toBytes());
  }

  /** As long as all is as before, entries need not be written anew. */
  private void write(boolean isKept, boolean isReplaced) {
    isAsBefore &= isKept;
    if (isAsBefore) {
      writer.copy(older);
    } else if (isReplaced) {
      writer.append(newer.day(), newer.entry());
    } else if (isKept) {
      writer.append(older.day(), older.entry());
    }
  }

  /** Writes what is before the first day that is kept as one entry; false if no day follows. */
  private boolean together() {
    if (older.day() >= since) {
      return true;
    }

    writer.copy(older);
    sum.clear();
    sum.add(older.entry());
    int last = older.day();
    boolean isOlder = older.next();
    while (isOlder && older.day() < since) {
      isAsBefore = false;
      sum.add(older.entry());
      last = older.day();
      isOlder = older.next();
    }
    if (!isAsBefore) {
      sum.settle(since);
      writer.begin();
      writer.append(last, sum);
    }
    return isOlder;
  }

  /** The number of compared days of the last customer that are not what they were. */
  public int differing() {
    return differing;
  }

  private static boolean begun(EntryReader reader, byte[] days) {
    reader.begin(days);
    return reader.next();
  }

  private static int[] sorted(Collection<Integer> days) {
    return days.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private static boolean contains(int[] days, int day) {
    return days.length > 0 && Arrays.binarySearch(days, day) >= 0;
  }
}
