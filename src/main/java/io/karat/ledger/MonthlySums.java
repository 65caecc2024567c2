package io.karat.ledger;

import java.time.LocalDate;
import java.util.function.ObjIntConsumer;

/** Sums of some parts of a customer's days by calendar month, of days that come in order. */
public final class MonthlySums {
  private final int[] parts;
  private final ObjIntConsumer<Entry> action;
  private final Entry sum;
  private int next = Span.BEGINNING;
  private int month;

  /**
   * Sums by month.
   *
   * @param parts the parts that are added up
   * @param action what is done with each month that has a day: its sums, which the next ones
   *     overwrite, and its number, 12 times the year plus the month
   */
  public MonthlySums(EntrySchema schema, int[] parts, ObjIntConsumer<Entry> action) {
    this.parts = parts.clone();
    this.action = action;
    sum = new Entry(schema);
  }

  /** Adds an entry to its month. */
  public void add(Entry entry, int day) {
    if (day >= next) {
      end();
      sum.clear();
      month = Anchor.month(day);
      next = firstOfNextMonth(day);
    }
    for (int part : parts) {
      sum.add(part, entry);
    }
  }

  /** Ends the days of a customer; the next ones are those of another. */
  public void end() {
    if (next > Span.BEGINNING) {
      action.accept(sum, month);
    }
    next = Span.BEGINNING;
  }

  private static int firstOfNextMonth(int day) {
    return (int) LocalDate.ofEpochDay(day).withDayOfMonth(1).plusMonths(1).toEpochDay();
  }
}
