package io.karat.ledger;

import java.util.Arrays;

/**
 * Writer of entries, one after another.
 *
 * <p>An entry is the number of days since the one before, a mask that tells which values it has,
 * unless that is the one before again, and the values that differ from their {@link Anchor}:
 * numbers in as few bytes as they need, others after their length.
 */
public final class EntryWriter {
  private static final int WORD = 64;

  private final EntrySchema schema;
  private final DayAnchors anchors;
  private final long[] mask;
  private final long[] lastMask;
  private final int bits;
  private final int[] written;
  private final long[] differences;
  private final byte[][] packed;
  private final Bytes bytes = new Bytes();
  private int lastDay;

  public EntryWriter(EntrySchema schema) {
    this.schema = schema;
    anchors = new DayAnchors(schema);
    bits = schema.bits();
    mask = new long[bits / WORD + 1];
    lastMask = new long[mask.length];
    written = new int[schema.slots()];
    differences = new long[schema.slots()];
    packed = new byte[schema.slots()][];
  }

  /** Begins the entries of another customer. */
  public void begin() {
    bytes.clear();
    lastDay = 0;
    Arrays.fill(lastMask, 0);
  }

  /** Whether nothing is written yet. */
  public boolean isEmpty() {
    return bytes.size() == 0;
  }

  /** The entries of a customer since it began. */
  public byte[] toBytes() {
    return bytes.copy();
  }

  /** Writes the entry of a day, which may be any day. */
  public void append(int day, Entry entry) {
    int count = judge(day, entry);
    boolean isSame = Arrays.equals(mask, lastMask);
    header(day - lastDay, isSame, bytes);
    values(count, bytes);
    lastDay = day;
    System.arraycopy(mask, 0, lastMask, 0, mask.length);
  }

  /** Writes an entry that is understood without the one before. */
  void appendApart(int day, Entry entry, Bytes to) {
    int count = judge(day, entry);
    header(day, false, to);
    values(count, to);
  }

  /** Finds out which values are to be written, and says so in the mask. */
  private int judge(int day, Entry entry) {
    anchors.move(day);
    Arrays.fill(mask, 0);
    int count = 0;
    int bit = 0;
    for (int slot = 0; slot < written.length; slot++) {
      boolean isKnown = entry.isKnown[slot];
      if (!schema.isAdditive[slot]) {
        set(bit, isKnown);
        bit++;
      }
      if (isKnown && isWritten(slot, day, entry)) {
        set(bit, true);
        written[count++] = slot;
      }
      bit++;
    }
    return count;
  }

  private void set(int bit, boolean isSet) {
    if (isSet) {
      mask[bit / WORD] |= 1L << (bit % WORD);
    }
  }

  private boolean isWritten(int slot, int day, Entry entry) {
    if (schema.kinds[slot] != ValueKind.NUMBER) {
      packed[slot] = schema.kinds[slot].bytes(entry.object(slot), day);
      return packed[slot].length > 0;
    }

    differences[slot] = anchors.difference(slot, entry.numbers[slot]);
    return differences[slot] != 0;
  }

  private void header(int days, boolean isSame, Bytes to) {
    to.number((Bytes.zigzag(days) << 1) | (isSame ? 1 : 0));
    if (!isSame) {
      for (int bit = 0; bit < bits; bit += WORD) {
        to.low(mask[bit / WORD], (Math.min(bits - bit, WORD) + 7) / 8);
      }
    }
  }

  /** A number of several bytes that comes again, such as the amount of an only sale, is a 0. */
  private void values(int count, Bytes to) {
    long last = 0;
    for (int i = 0; i < count; i++) {
      int slot = written[i];
      if (schema.kinds[slot] == ValueKind.NUMBER) {
        long number = Bytes.zigzag(differences[slot]);
        to.number(number == last ? 0 : number);
        last = Bytes.isLong(number) ? number : last;
      } else {
        to.number(packed[slot].length);
        to.all(packed[slot]);
      }
    }
  }
}
