package io.karat.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Entries of the rows of one customer, in any order. There is one instance per customer of a
 * partition, so it has no more than their bytes and, for each, its day and place. Of many rows
 * those of a day, or of a transaction, can be put together on the way.
 */
public final class RowEntries {
  /** More entries are worth putting together. */
  static final int MANY = 1 << 16;

  private static final int FIRST_CAPACITY = 8;
  private static final int HALF = 32;

  private Bytes bytes;
  private long[] places;
  private int size;
  private int many = MANY;

  private RowEntries(Bytes bytes, long[] places, int size) {
    this.bytes = bytes;
    this.places = places;
    this.size = size;
  }

  /** No entries. */
  public static RowEntries none() {
    return new RowEntries(new Bytes(), new long[FIRST_CAPACITY], 0);
  }

  /** The entries that {@link #toBytes} wrote. */
  public static RowEntries of(byte[] written) {
    ByteBuffer buffer = ByteBuffer.wrap(written);
    long[] places = new long[buffer.getInt()];
    buffer.asLongBuffer().get(places);
    byte[] bytes =
        Arrays.copyOfRange(written, Integer.BYTES + places.length * Long.BYTES, written.length);
    return new RowEntries(new Bytes(bytes, bytes.length), places, places.length);
  }

  /** All entries, to be moved to another process. */
  public byte[] toBytes() {
    ByteBuffer buffer =
        ByteBuffer.allocate(Integer.BYTES + size * Long.BYTES + bytes.size()).putInt(size);
    for (int i = 0; i < size; i++) {
      buffer.putLong(places[i]);
    }
    return buffer.put(bytes.array(), 0, bytes.size()).array();
  }

  /** Adds the entry of a row. */
  public void add(int day, Entry entry, EntryWriter writer) {
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
    }
    places[size++] = ((long) day << HALF) | bytes.size();
    writer.appendApart(day, entry, bytes);
  }

  /** Adds the rows of the same customer from elsewhere. */
  public void addAll(RowEntries more) {
    if (size + more.size > places.length) {
      places = Arrays.copyOf(places, size + more.size);
    }
    for (int i = 0; i < more.size; i++) {
      places[size++] = more.places[i] + bytes.size();
    }
    byte[] others = more.bytes.copy();
    bytes.all(others);
  }

  /** Whether there are more than {@value #MANY} entries, and twice as many as last time. */
  public boolean areMany() {
    return size >= many;
  }

  /**
   * Puts the rows of each day together, so that a customer takes the bytes of its days, or of the
   * transactions on them.
   *
   * @param sums the entries of a day's rows, which are read one after another before its next one
   */
  public void putTogether(
      EntryReader reader, EntryWriter writer, Function<Days, ? extends Iterable<Entry>> sums) {
    RowEntries together = none();
    Days days = days(reader);
    while (days.nextDay()) {
      for (Entry sum : sums.apply(days)) {
        together.add(days.day(), sum, writer);
      }
    }
    bytes = together.bytes;
    places = together.places;
    size = together.size;
    many = Math.max(MANY, 2 * size);
  }

  /** The number of entries. */
  int size() {
    return size;
  }

  /** The rows by day, in the order of days. */
  public Days days(EntryReader reader) {
    Arrays.sort(places, 0, size);
    reader.begin(bytes.array(), bytes.size());
    return new Days(reader);
  }

  /** Days of a customer, each with its rows. */
  public final class Days {
    private final EntryReader reader;
    private int next;
    private int day;

    private Days(EntryReader reader) {
      this.reader = reader;
    }

    /** Moves to the next day, all of whose rows are to be read; false if there is none. */
    public boolean nextDay() {
      if (next == size) {
        return false;
      }

      day = (int) (places[next] >> HALF);
      return true;
    }

    /** Reads the next row of the day; false if there is none. */
    public boolean nextRow() {
      if (next == size || (int) (places[next] >> HALF) != day) {
        return false;
      }

      reader.read((int) places[next]);
      next++;
      return true;
    }

    /**
     * Adds up all rows of the day; most days have one.
     *
     * @param sum where they are added up
     * @return the same
     */
    public Entry sum(Entry sum) {
      nextRow();
      sum.copy(row());
      while (nextRow()) {
        sum.add(row());
      }
      return sum;
    }

    /** The entry of the row, which the next one overwrites. */
    public Entry row() {
      return reader.entry();
    }

    /** The day, in days since 1970. */
    public int day() {
      return day;
    }
  }
}
