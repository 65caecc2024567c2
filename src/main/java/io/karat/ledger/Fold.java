package io.karat.ledger;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.Nullable;

/**
 * Fold of the entries of a customer into periods, in one walk over its days.
 *
 * <p>What was before a day may be one entry, under the last of its days, as {@link DayReplacement}
 * writes it. Periods without a beginning have it, and others begin later.
 */
public final class Fold implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int MOST_LISTED = 4_096;

  private final EntrySchema schema;
  private final Span[] periods;

  /** The parts that are wanted for each period. */
  private final int[][] parts;

  private final int asOf;
  private transient @Nullable Workspace workspace;

  /**
   * A fold.
   *
   * @param parts the parts that are wanted for each period
   * @param asOf the last day; entries after it are passed over
   * @param kept the first day that has an entry of its own; {@link Span#BEGINNING} if all have
   * @throws IllegalArgumentException if a period begins or ends before {@code kept}
   */
  public Fold(EntrySchema schema, List<Span> periods, List<int[]> parts, int asOf, int kept) {
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
  }

  /** The values of each period; they are overwritten by the next customer. */
  public Entry[] of(Optional<byte[]> days) {
    return of(days, (entry, day) -> {});
  }

  /**
   * The values of each period; they are overwritten by the next customer.
   *
   * @param visitor what looks at each entry and its day on the walk
   */
  public Entry[] of(Optional<byte[]> days, ObjIntConsumer<Entry> visitor) {
    Workspace workspace = workspace();
    workspace.clear();
    days.ifPresent(entries -> workspace.add(entries, visitor));
    return workspace.sums;
  }

  private Workspace workspace() {
    if (workspace == null) {
      workspace = new Workspace();
    }
    return workspace;
  }

  /** Workspace of one task, in which a customer overwrites the one before. */
  private final class Workspace {
    private final EntryReader reader = new EntryReader(schema);
    private final Entry[] sums =
        Stream.of(periods).map(period -> new Entry(schema)).toArray(Entry[]::new);

    /** For each shape and period, the wanted parts that its entries have. */
    private final Map<EntryShape, int[][]> listed = new HashMap<>();

    private @Nullable EntryShape shape;
    private int[][] known = {};

    void clear() {
      for (Entry sum : sums) {
        sum.clear();
      }
    }

    void add(byte[] entries, ObjIntConsumer<Entry> visitor) {
      reader.begin(entries);
      while (reader.next() && reader.day() <= asOf) {
        visitor.accept(reader.entry(), reader.day());
        for (int period = 0; period < periods.length; period++) {
          if (periods[period].contains(reader.day())) {
            add(period);
          }
        }
      }
    }

    private void add(int period) {
      EntryShape present = reader.shape();
      if (shape != present) {
        shape = present;
        known = listed(present);
      }
      for (int part : known[period]) {
        sums[period].add(part, reader.entry());
      }
    }

    private int[][] listed(EntryShape shape) {
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
}
