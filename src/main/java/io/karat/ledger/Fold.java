package io.karat.ledger;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fold of the entries of a customer into periods, in one walk over its days.
 *
 * <p>A customer's state may have four parts: what was <em>before</em> a day as one entry, the
 * <em>days</em> since, and a newer <em>delta</em> of days. Days of the delta that are
 * <em>masked</em> replace those of the state, for every customer: who has no entry of such a day in
 * the delta has none any more.
 */
public final class Fold implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int MOST_LISTED = 4_096;

  private final EntrySchema schema;
  private final Span[] periods;

  /** The parts that are wanted for each period. */
  private final int[][] parts;

  private final int asOf;
  private final int[] masked;
  private transient EntryReader reader;
  private transient Entry[] sums;

  /** For each shape and period, the wanted parts that its entries have. */
  private transient Map<EntryShape, int[][]> listed;

  private transient EntryShape shape;
  private transient int[][] known;

  /**
   * A fold.
   *
   * @param parts the parts that are wanted for each period
   * @param asOf the last day; entries after it are passed over
   * @param kept the first day that has an entry of its own; {@link Span#BEGINNING} if all have
   * @param masked the days whose entries the delta replaces
   * @throws IllegalArgumentException if a period begins or ends before {@code kept}
   */
  @SuppressWarnings("NullAway") // What is transient is made by the task that needs it first.
  public Fold(
      EntrySchema schema,
      List<Span> periods,
      List<int[]> parts,
      int asOf,
      int kept,
      int... masked) {
    for (Span period : periods) {
      boolean isBegun = period.from() == Span.BEGINNING || period.from() >= kept;
      if (!isBegun || (long) period.to() < (long) kept - 1) {
        throw new IllegalArgumentException(
            "%s begins or ends before day %d, the first that is kept.".formatted(period, kept));
      }
    }
    this.schema = schema;
    this.periods = periods.toArray(Span[]::new);
    this.parts = parts.toArray(int[][]::new);
    this.asOf = asOf;
    this.masked = masked.clone();
    Arrays.sort(this.masked);
  }

  /** Folds entries that all lie side by side. */
  public Entry[] of(byte[] days) {
    return of(Optional.empty(), Optional.of(days), Optional.empty());
  }

  /** The values of each period; they are overwritten by the next customer. */
  public Entry[] of(Optional<byte[]> before, Optional<byte[]> days, Optional<byte[]> delta) {
    begin();
    before.ifPresent(this::addBefore);
    days.ifPresent(entries -> add(entries, masked));
    delta.ifPresent(entries -> add(entries, new int[0]));
    return sums;
  }

  private void begin() {
    if (sums == null) {
      reader = new EntryReader(schema);
      sums = new Entry[periods.length];
      Arrays.setAll(sums, period -> new Entry(schema));
      listed = new HashMap<>();
    }
    for (Entry sum : sums) {
      sum.clear();
    }
  }

  private void addBefore(byte[] before) {
    reader.begin(before);
    while (reader.next()) {
      for (int period = 0; period < periods.length; period++) {
        if (periods[period].from() == Span.BEGINNING) {
          add(period);
        }
      }
    }
  }

  private void add(byte[] entries, int[] without) {
    reader.begin(entries);
    while (reader.next() && reader.day() <= asOf) {
      if (without.length > 0 && Arrays.binarySearch(without, reader.day()) >= 0) {
        continue;
      }

      for (int period = 0; period < periods.length; period++) {
        if (periods[period].contains(reader.day())) {
          add(period);
        }
      }
    }
  }

  private void add(int period) {
    if (shape != reader.shape()) {
      shape = reader.shape();
      known = listed();
    }
    for (int part : known[period]) {
      sums[period].add(part, reader.entry());
    }
  }

  private int[][] listed() {
    if (listed.size() == MOST_LISTED) {
      listed.clear();
    }
    return listed.computeIfAbsent(
        shape,
        it ->
            Stream.of(parts)
                .map(wanted -> IntStream.of(wanted).filter(reader.entry()::has).toArray())
                .toArray(int[][]::new));
  }
}
