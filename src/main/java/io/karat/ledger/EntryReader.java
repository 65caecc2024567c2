package io.karat.ledger;

import java.util.Arrays;

/** Reader of what an {@link EntryWriter} wrote. */
public final class EntryReader {
  private static final int WORD = 64;

  private final EntrySchema schema;
  private final DayAnchors anchors;
  private final Entry entry;
  private final int bits;
  private final long[] mask;

  /** The slots that the entry has, and whether each is written. */
  private final int[] known;

  private final boolean[] isWritten;
  private int count;
  private int masks;
  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private int day;

  public EntryReader(EntrySchema schema) {
    this.schema = schema;
    anchors = new DayAnchors(schema);
    entry = new Entry(schema);
    bits = schema.bits();
    mask = new long[bits / WORD + 1];
    known = new int[schema.slots()];
    isWritten = new boolean[schema.slots()];
  }

  /** Begins to read the entries of a customer. */
  public void begin(byte[] of) {
    begin(of, of.length);
  }

  void begin(byte[] of, int size) {
    bytes = of;
    at = 0;
    end = size;
    day = 0;
    Arrays.fill(mask, 0);
    follow();
  }

  /** Reads the next entry; false if there is none. */
  public boolean next() {
    if (at >= end) {
      return false;
    }

    long header = number();
    day += (int) Bytes.unzigzag(header >>> 1);
    if ((header & 1) == 0 && isOther()) {
      follow();
    }
    values();
    return true;
  }

  /** Reads an entry that was written apart from others. */
  void read(int position) {
    at = position;
    day = 0;
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

  /** Reads a mask; false if it is the one before. */
  private boolean isOther() {
    boolean isOther = false;
    for (int bit = 0; bit < bits; bit += WORD) {
      long word = low((Math.min(bits - bit, WORD) + 7) / 8);
      isOther |= mask[bit / WORD] != word;
      mask[bit / WORD] = word;
    }
    return isOther;
  }

  /** The number of masks read so far; while it stays, entries have the same slots. */
  int masks() {
    return masks;
  }

  /** The slots that the mask tells of. */
  private void follow() {
    entry.clear();
    masks++;
    count = 0;
    int bit = 0;
    for (int slot = 0; slot < entry.numbers.length; slot++) {
      boolean isKnown = isSet(bit);
      if (!schema.isAdditive[slot]) {
        bit++;
      }
      if (isKnown) {
        entry.isKnown[slot] = true;
        known[count] = slot;
        isWritten[count] = isSet(bit);
        count++;
      }
      bit++;
    }
  }

  private boolean isSet(int bit) {
    return ((mask[bit / WORD] >>> (bit % WORD)) & 1) != 0;
  }

  private void values() {
    anchors.move(day);
    long last = 0;
    for (int i = 0; i < count; i++) {
      int slot = known[i];
      if (schema.kinds[slot] == ValueKind.NUMBER) {
        long number = isWritten[i] ? number() : 0;
        if (isWritten[i] && number == 0) {
          number = last;
        } else if (Bytes.isLong(number)) {
          last = number;
        }
        entry.numbers[slot] = anchors.number(slot, Bytes.unzigzag(number));
      } else {
        int length = isWritten[i] ? (int) number() : 0;
        entry.objects[slot] =
            schema.kinds[slot].value(Arrays.copyOfRange(bytes, at, at + length), day);
        at += length;
      }
    }
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

  private long low(int size) {
    long number = 0;
    for (int i = 0; i < size; i++) {
      number |= (bytes[at++] & 0xFFL) << (8 * i);
    }
    return number;
  }
}
