package io.karat.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Shapes of entries. Those of a customer are numbered by how long ago they came last, so that the
 * few that come again and again have the smallest numbers.
 */
final class EntryShapes {
  /** The most shapes that are kept to be found again. */
  private static final int MOST = 4_096;

  private static final int MOST_RECENT = 64;

  private final int slots;
  private final Map<ByteBuffer, EntryShape> all = new HashMap<>();
  private final EntryShape[] recent = new EntryShape[MOST_RECENT];
  private int size;

  EntryShapes(int slots) {
    this.slots = slots;
  }

  /** Forgets the shapes of a customer. */
  void begin() {
    size = 0;
  }

  /** The one shape that the bytes from a position on tell. */
  EntryShape of(byte[] bytes, int at) {
    int length = EntryShape.bytes(slots);
    EntryShape known = all.get(ByteBuffer.wrap(bytes, at, length));
    return known == null ? added(Arrays.copyOfRange(bytes, at, at + length)) : known;
  }

  private EntryShape added(byte[] bytes) {
    if (all.size() == MOST) {
      all.clear();
    }
    EntryShape shape = EntryShape.of(bytes, slots);
    all.put(ByteBuffer.wrap(bytes), shape);
    return shape;
  }

  /** The number of the shapes of the customer so far, which is that of a new one. */
  int size() {
    return size;
  }

  /** The number of the shape that some bytes tell. */
  int number(byte[] bytes) {
    int number = 0;
    while (number < size && !recent[number].isToldBy(bytes)) {
      number++;
    }
    return number;
  }

  /** The shape with a number. */
  EntryShape at(int number) {
    return recent[number];
  }

  /** Notes that a shape has come; of too many, the one that has not come for longest goes. */
  void come(int number, EntryShape shape) {
    if (number == size && size < MOST_RECENT) {
      size++;
    }
    int from = Math.min(number, MOST_RECENT - 1);
    System.arraycopy(recent, 0, recent, 1, from);
    recent[0] = shape;
  }
}
