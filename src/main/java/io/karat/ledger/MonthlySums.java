package io.karat.ledger;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.function.ObjIntConsumer;
import javax.annotation.Nullable;

/** Sums of some parts of a customer's days by calendar month, in one walk. */
public final class MonthlySums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final EntrySchema schema;
  private final int[] parts;
  private final int asOf;
  private transient @Nullable EntryReader reader;
  private transient @Nullable Entry sum;

  /**
   * Sums by month.
   *
   * @param parts the parts that are added up
   * @param asOf the last day; entries after it are passed over
   */
  public MonthlySums(EntrySchema schema, int[] parts, int asOf) {
    this.schema = schema;
    this.parts = parts.clone();
    this.asOf = asOf;
  }

  /**
   * Passes on each month that has a day, in order: its sums, which the next ones overwrite, and its
   * number, 12 times the year plus the month.
   */
  public void forEach(byte[] days, ObjIntConsumer<Entry> action) {
    EntryReader reader = reader();
    Entry sum = sum();
    reader.begin(days);
    int next = Span.BEGINNING;
    int month = 0;
    while (reader.next() && reader.day() <= asOf) {
      if (reader.day() >= next) {
        if (next > Span.BEGINNING) {
          action.accept(sum, month);
        }
        sum.clear();
        month = Anchor.month(reader.day());
        next = firstOfNextMonth(reader.day());
      }
      for (int part : parts) {
        sum.add(part, reader.entry());
      }
    }
    if (next > Span.BEGINNING) {
      action.accept(sum, month);
    }
  }

  private EntryReader reader() {
    if (reader == null) {
      reader = new EntryReader(schema);
    }
    return reader;
  }

  private Entry sum() {
    if (sum == null) {
      sum = new Entry(schema);
    }
    return sum;
  }

  private static int firstOfNextMonth(int day) {
    return (int) LocalDate.ofEpochDay(day).withDayOfMonth(1).plusMonths(1).toEpochDay();
  }
}
