package io.karat.ledger;

import java.util.Arrays;

/**
 * Writer of entries, one after another.
 *
 * <p>An entry is the number of days since the one before together with the number of its {@link
 * EntryShape}, the shape itself if it is new, and the values that the shape does not tell: numbers
 * in as few bytes as they need, others after their length.
 */
public final class EntryWriter {
  /** The version of what is written; another one cannot be read. */
  public static final int FORMAT = 2;

  /** The bits of the number of a shape beside the number of days. */
  static final int NUMBER_BITS = 2;

  /** The number of a shape of which more follows. */
  static final int MORE = 3;

  private final EntrySchema schema;
  private final DayAnchors anchors;
  private final EntryShapes shapes;
  private final byte[] hows;
  private final int[] written;
  private final long[] numbers;
  private final byte[][] packed;
  private final LongNumbers longNumbers = new LongNumbers();
  private final Bytes bytes = new Bytes();
  private int lastDay;

  public EntryWriter(EntrySchema schema) {
    this.schema = schema;
    anchors = new DayAnchors(schema);
    shapes = new EntryShapes(schema.slots());
    hows = new byte[EntryShape.bytes(schema.slots())];
    written = new int[schema.slots()];
    numbers = new long[schema.slots()];
    packed = new byte[schema.slots()][];
  }

  /** Begins the entries of another customer. */
  public void begin() {
    bytes.clear();
    shapes.begin();
  }

  /** Whether nothing is written yet. */
  public boolean isEmpty() {
    return bytes.size() == 0;
  }

  /** The entries of a customer since it began. */
  public byte[] toBytes() {
    return bytes.copy();
  }

  /**
   * Writes the entry of a day.
   *
   * @throws IllegalArgumentException if the day is before that of the entry before
   */
  public void append(int day, Entry entry) {
    if (!isEmpty() && day < lastDay) {
      throw new IllegalArgumentException(
          "Day %d comes after day %d, expected days in order.".formatted(day, lastDay));
    }

    int count = judge(day, entry);
    int number = shapes.number(hows);
    EntryShape shape = number < shapes.size() ? shapes.at(number) : shapes.of(hows, 0);
    header(isEmpty() ? Bytes.zigzag(day) : day - lastDay, number, bytes);
    if (number == shapes.size()) {
      bytes.all(hows);
    }
    shapes.come(number, shape);
    values(count, bytes);
    lastDay = day;
  }

  /** Writes the entry of a reader, all of whose entries before it are written, and no others. */
  void copy(EntryReader from) {
    bytes.part(from.written());
    shapes.come(from.shapeNumber(), from.shape());
    lastDay = from.day();
  }

  /** Writes an entry that is understood without the one before. */
  void appendApart(int day, Entry entry, Bytes to) {
    int count = judge(day, entry);
    header(Bytes.zigzag(day), 0, to);
    to.all(hows);
    values(count, to);
  }

  private static void header(long days, int number, Bytes to) {
    int low = Math.min(number, MORE);
    to.number(days << NUMBER_BITS | low);
    if (low == MORE) {
      to.number(number - MORE);
    }
  }

  /** Finds out how each value is to be written; the number of those that are. */
  private int judge(int day, Entry entry) {
    anchors.move(day);
    Arrays.fill(hows, (byte) 0);
    longNumbers.clear();
    int count = 0;
    for (int slot = 0; slot < written.length; slot++) {
      if (entry.isKnown[slot]) {
        int how = how(slot, day, entry);
        EntryShape.set(hows, slot, how);
        if (how == EntryShape.WRITTEN) {
          written[count++] = slot;
        }
      }
    }
    return count;
  }

  private int how(int slot, int day, Entry entry) {
    return schema.kinds[slot] == ValueKind.NUMBER
        ? how(slot, Bytes.zigzag(anchors.difference(slot, entry.numbers[slot])))
        : how(slot, schema.kinds[slot].bytes(entry.object(slot), day));
  }

  private int how(int slot, byte[] value) {
    packed[slot] = value;
    if (value.length > 0) {
      return EntryShape.WRITTEN;
    }
    return schema.isAdditive[slot] ? EntryShape.NONE : EntryShape.USUAL;
  }

  private int how(int slot, long number) {
    if (number == schema.usual(slot)) {
      return EntryShape.USUAL;
    } else if (number == 0) {
      return EntryShape.NONE;
    }

    int how = longNumbers.how(number, anchors.month());
    if (how == EntryShape.WRITTEN) {
      longNumbers.add(number);
      numbers[slot] = number;
    }
    return how;
  }

  private void values(int count, Bytes to) {
    for (int i = 0; i < count; i++) {
      int slot = written[i];
      if (schema.kinds[slot] == ValueKind.NUMBER) {
        to.number(numbers[slot]);
      } else {
        to.number(packed[slot].length);
        to.all(packed[slot]);
      }
    }
  }
}
