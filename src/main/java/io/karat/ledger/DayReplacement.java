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
  private final int[] rebuilt;
  private final int[] compared;
  private final transient EntryReader older;
  private final transient EntryReader newer;
  private final transient EntryWriter writer;
  private transient int differing;

  /**
   * A replacement.
   *
   * @param rebuilt the days that are replaced, in days since 1970; newer entries have no others
   * @param compared those of them whose entries should be what they were
   */
  public DayReplacement(
      EntrySchema schema, Collection<Integer> rebuilt, Collection<Integer> compared) {
    this(schema, sorted(rebuilt), sorted(compared));
  }

  private DayReplacement(EntrySchema schema, int[] rebuilt, int[] compared) {
    this.schema = schema;
    this.rebuilt = rebuilt;
    this.compared = compared;
    older = new EntryReader(schema);
    newer = new EntryReader(schema);
    writer = new EntryWriter(schema);
  }

  /** Every task has readers and a writer of its own. */
  private Object readResolve() {
    return new DayReplacement(schema, rebuilt, compared);
  }

  /** The days of a customer with the newer ones in their places; empty if none is left. */
  public Optional<byte[]> of(Optional<byte[]> olderDays, Optional<byte[]> newerDays) {
    differing = 0;
    writer.begin();
    boolean isOlder = olderDays.isPresent() && begun(older, olderDays.get());
    boolean isNewer = newerDays.isPresent() && begun(newer, newerDays.get());
    while (isOlder || isNewer) {
      boolean takesNewer = isNewer && (!isOlder || newer.day() <= older.day());
      boolean takesOlder = isOlder && (!isNewer || older.day() <= newer.day());
      if (takesNewer) {
        writer.append(newer.day(), newer.entry());
      } else if (!contains(rebuilt, older.day())) {
        writer.append(older.day(), older.entry());
      }
      if (contains(compared, takesNewer ? newer.day() : older.day())) {
        boolean isSame =
            takesNewer && takesOlder && older.entry().isSame(newer.day(), newer.entry());
        differing += isSame ? 0 : 1;
      }
      isNewer = takesNewer ? newer.next() : isNewer;
      isOlder = takesOlder ? older.next() : isOlder;
    }
    return writer.isEmpty() ? Optional.empty() : Optional.of(writer.toBytes());
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
