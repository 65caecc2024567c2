package io.karat.ledger;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * Consolidation of the entries of a customer: days into months, months into one entry, newer days
 * into older ones.
 */
public final class Consolidation {
  private final EntryReader reader;
  private final EntryReader other;
  private final EntryWriter writer;
  private final Entry sum;

  public Consolidation(EntrySchema schema) {
    reader = new EntryReader(schema);
    other = new EntryReader(schema);
    writer = new EntryWriter(schema);
    sum = new Entry(schema);
  }

  /** The days from a day on. */
  public byte[] since(int first, byte[] days) {
    writer.begin();
    reader.begin(days);
    while (reader.next()) {
      if (reader.day() >= first) {
        writer.append(reader.day(), reader.entry());
      }
    }
    return writer.toBytes();
  }

  /** One entry for each month with a day before {@code end}, under the first day of the month. */
  public byte[] months(int end, byte[] days) {
    writer.begin();
    reader.begin(days);
    boolean isOpen = false;
    int month = 0;
    while (reader.next() && reader.day() < end) {
      int first = firstOfMonth(reader.day());
      if (isOpen && first != month) {
        writer.append(month, sum);
        isOpen = false;
      }
      if (!isOpen) {
        sum.clear();
        month = first;
        isOpen = true;
      }
      sum.add(reader.entry());
    }
    if (isOpen) {
      writer.append(month, sum);
    }
    return writer.toBytes();
  }

  /** All entries as one, under the day of the last; nothing if there are none. */
  public byte[] together(byte[] entries) {
    writer.begin();
    reader.begin(entries);
    boolean isEmpty = true;
    sum.clear();
    while (reader.next()) {
      sum.add(reader.entry());
      isEmpty = false;
    }
    if (!isEmpty) {
      writer.append(reader.day(), sum);
    }
    return writer.toBytes();
  }

  /**
   * Older days with newer ones. A day that is in both is that of the newer ones.
   *
   * @param masked the older days that are left out, in order
   */
  public byte[] replaced(byte[] older, byte[] newer, int... masked) {
    writer.begin();
    reader.begin(older);
    other.begin(newer);
    boolean isOlder = reader.next();
    boolean isNewer = other.next();
    while (isOlder || isNewer) {
      if (isNewer && (!isOlder || other.day() <= reader.day())) {
        boolean isBoth = isOlder && other.day() == reader.day();
        writer.append(other.day(), other.entry());
        isNewer = other.next();
        isOlder = isBoth ? reader.next() : isOlder;
      } else {
        if (Arrays.binarySearch(masked, reader.day()) < 0) {
          writer.append(reader.day(), reader.entry());
        }
        isOlder = reader.next();
      }
    }
    return writer.toBytes();
  }

  private static int firstOfMonth(int day) {
    return (int) LocalDate.ofEpochDay(day).withDayOfMonth(1).toEpochDay();
  }
}
