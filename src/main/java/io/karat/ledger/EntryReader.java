package io.karat.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reader of what an {@link EntryWriter} wrote. */
public final class EntryReader {
  private static final EntryShape NOTHING = EntryShape.of(new byte[0], 0);

  private final EntrySchema schema;
  private final DayAnchors anchors;
  private final Entry entry;
  private final EntryShapes shapes;
  private final LongNumbers numbers = new LongNumbers();
  private EntryShape shape = NOTHING;
  private byte[] bytes = new byte[0];
  private int start;
  private int at;
  private int end;
  private int day;
  private int number;
  private boolean isFirst = true;

  public EntryReader(EntrySchema schema) {
    this.schema = schema;
    anchors = new DayAnchors(schema);
    entry = new Entry(schema);
    shapes = new EntryShapes(schema.slots());
  }

  /** Begins to read the entries of a customer. */
  public void begin(byte[] of) {
    begin(of, of.length);
  }

  void begin(byte[] of, int size) {
    bytes = of;
    end = size;
    move(0);
  }

  private void move(int position) {
    at = position;
    isFirst = true;
    shapes.begin();
  }

  /** Reads the next entry; false if there is none. */
  public boolean next() {
    if (at >= end) {
      return false;
    }

    start = at;
    long header = number();
    long days = header >>> EntryWriter.NUMBER_BITS;
    day = isFirst ? (int) Bytes.unzigzag(days) : (int) (day + days);
    isFirst = false;
    number = (int) header & EntryWriter.MORE;
    if (number == EntryWriter.MORE) {
      number += (int) number();
    }
    follow();
    values();
    return true;
  }

  /** Reads an entry that was written apart from others. */
  void read(int position) {
    move(position);
    next();
  }

  /** The day of the entry, in days since 1970. */
  public int day() {
    return day;
  }

  /** The entry, which the next one overwrites. */
  public Entry entry() {
    return entry;
  }

  /** The shape of the entry; it tells the slots that are known. */
  EntryShape shape() {
    return shape;
  }

  /** The number of the shape of the entry among those of the customer. */
  int shapeNumber() {
    return number;
  }

  /** The bytes of the entry. */
  ByteBuffer written() {
    return ByteBuffer.wrap(bytes, start, at - start).slice();
  }

  private void follow() {
    boolean isNew = number == shapes.size();
    EntryShape next = isNew ? shapes.of(bytes, at) : shapes.at(number);
    if (isNew) {
      at += EntryShape.bytes(schema.slots());
    }
    shapes.come(number, next);
    if (next != shape) {
      for (int slot : shape.slots) {
        entry.forgetSlot(slot);
      }
      for (int slot : next.slots) {
        entry.isKnown[slot] = true;
      }
      shape = next;
    }
  }

  private void values() {
    anchors.move(day);
    numbers.clear();
    for (int i = 0; i < shape.slots.length; i++) {
      int slot = shape.slots[i];
      int how = shape.hows[i];
      if (schema.kinds[slot] != ValueKind.NUMBER) {
        int length = how == EntryShape.WRITTEN ? (int) number() : 0;
        byte[] value = Arrays.copyOfRange(bytes, at, at + length);
        entry.objects[slot] = schema.kinds[slot].value(value, day);
        at += length;
      } else {
        entry.numbers[slot] = anchors.number(slot, Bytes.unzigzag(number(slot, how)));
      }
    }
  }

  private long number(int slot, int how) {
    if (how == EntryShape.USUAL) {
      return schema.usual(slot);
    } else if (how != EntryShape.WRITTEN) {
      return numbers.number(how, anchors.month());
    }
    long number = number();
    numbers.add(number);
    return number;
  }

  private long number() {
    byte next = bytes[at++];
    long number = next & 0x7F;
    for (int shift = 7; next < 0; shift += 7) {
      next = bytes[at++];
      number |= (next & 0x7FL) << shift;
    }
    return number;
  }
}
