package io.karat.ledger;

import java.util.Arrays;

/** Shape of entries: the slots that have a value, and how each is written. */
final class EntryShape {
  /** There is no value. */
  static final int NONE = 0;

  /** The usual value, which takes no byte: 1 of a sum, else the {@link Anchor}. */
  static final int USUAL = 1;

  /** The first, second or third number of several bytes that the entry has, again. */
  static final int FIRST = 2;

  static final int SECOND = 3;
  static final int THIRD = 4;

  /** The lower half of the first number of several bytes times the number of the month. */
  static final int FIRST_BY_MONTH = 5;

  /** The value itself. */
  static final int WRITTEN = 6;

  private static final int BITS = 3;

  /** The slots with a value, and how each is written. */
  final int[] slots;

  final int[] hows;

  private final byte[] bytes;

  private EntryShape(byte[] bytes, int[] slots, int[] hows) {
    this.bytes = bytes;
    this.slots = slots;
    this.hows = hows;
  }

  /** The number of bytes that tell a shape of so many slots. */
  static int bytes(int slots) {
    return (slots * BITS + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Tells how a slot is written. */
  static void set(byte[] bytes, int slot, int how) {
    for (int i = 0; i < BITS; i++) {
      int bit = slot * BITS + i;
      bytes[bit / Byte.SIZE] |= (byte) ((how >> i & 1) << bit % Byte.SIZE);
    }
  }

  /** The shape that some bytes tell. */
  static EntryShape of(byte[] bytes, int size) {
    int[] slots = new int[size];
    int[] hows = new int[size];
    int count = 0;
    for (int slot = 0; slot < size; slot++) {
      int how = how(bytes, slot);
      if (how != NONE) {
        slots[count] = slot;
        hows[count] = how;
        count++;
      }
    }
    return new EntryShape(bytes, Arrays.copyOf(slots, count), Arrays.copyOf(hows, count));
  }

  private static int how(byte[] bytes, int slot) {
    int how = 0;
    for (int i = 0; i < BITS; i++) {
      int bit = slot * BITS + i;
      how |= (bytes[bit / Byte.SIZE] >> bit % Byte.SIZE & 1) << i;
    }
    return how;
  }

  /** Whether bytes tell this shape. */
  boolean isToldBy(byte[] others) {
    return Arrays.equals(bytes, others);
  }
}
