package io.karat.ledger;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/**
 * Entry of a ledger: the values of a customer on one day, or on several days together. It is
 * overwritten again and again.
 */
public final class Entry {
  private static final BigInteger LIMIT = BigInteger.TEN.pow(38);

  private final EntrySchema schema;
  final long[] numbers;
  final Object[] objects;
  final boolean[] isKnown;

  /** An entry without any value. */
  public Entry(EntrySchema schema) {
    this.schema = schema;
    numbers = new long[schema.slots()];
    objects = new Object[schema.slots()];
    isKnown = new boolean[schema.slots()];
  }

  /** Forgets all values. */
  public void clear() {
    Arrays.fill(numbers, 0);
    Arrays.fill(objects, null);
    Arrays.fill(isKnown, false);
  }

  /** Whether a slot has a value. */
  public boolean isKnown(int slot) {
    return isKnown[slot];
  }

  /** The number of a slot; 0 if it has none. */
  public long number(int slot) {
    return numbers[slot];
  }

  /** The value of a slot whose values are no numbers. */
  public Object object(int slot) {
    return Objects.requireNonNull(objects[slot]);
  }

  /** Sets a number. */
  public void set(int slot, long number) {
    numbers[slot] = number;
    isKnown[slot] = true;
  }

  /** Sets a value that is no number. */
  public void set(int slot, Object value) {
    objects[slot] = value;
    isKnown[slot] = true;
  }

  /** Copies the first slots of another entry, whose schema begins alike. */
  public void copy(Entry from, int slots) {
    System.arraycopy(from.numbers, 0, numbers, 0, slots);
    System.arraycopy(from.objects, 0, objects, 0, slots);
    System.arraycopy(from.isKnown, 0, isKnown, 0, slots);
  }

  /** Forgets the first slots. */
  public void forget(int slots) {
    Arrays.fill(numbers, 0, slots, 0);
    Arrays.fill(objects, 0, slots, null);
    Arrays.fill(isKnown, 0, slots, false);
  }

  /** Forgets one slot. */
  public void forgetSlot(int slot) {
    numbers[slot] = 0;
    objects[slot] = null;
    isKnown[slot] = false;
  }

  /** Whether another entry of the same day has the same values, as both were read. */
  boolean isSame(int day, Entry other) {
    for (int slot = 0; slot < numbers.length; slot++) {
      ValueKind kind = schema.kinds[slot];
      boolean isEqual =
          isKnown[slot] == other.isKnown[slot]
              && (kind == ValueKind.NUMBER
                  ? numbers[slot] == other.numbers[slot]
                  : !isKnown[slot]
                      || Arrays.equals(
                          kind.bytes(object(slot), day), kind.bytes(other.object(slot), day)));
      if (!isEqual) {
        return false;
      }
    }
    return true;
  }

  /** Whether a part has any value. */
  boolean has(int part) {
    int first = schema.firsts[part];
    for (int slot = first; slot < first + schema.merges[part].slots(); slot++) {
      if (isKnown[slot]) {
        return true;
      }
    }
    return false;
  }

  /** Copies another entry of the same schema. */
  public void copy(Entry from) {
    copy(from, numbers.length);
  }

  /** Adds an entry of the same schema. */
  public void add(Entry from) {
    for (int part = 0; part < schema.merges.length; part++) {
      add(part, from);
    }
  }

  /**
   * Adds one part of an entry of the same schema.
   *
   * @throws ArithmeticException if a sum has more than 64 bits, or a wide one more than 38 digits
   */
  void add(int part, Entry from) {
    int slot = schema.firsts[part];
    Merge merge = schema.merges[part];
    if (merge == Merge.MONTHS) {
      addMonths(slot, from);
    } else if (from.isKnown[slot]) {
      add(merge, slot, from);
    }
  }

  private void addMonths(int first, Entry from) {
    for (int slot = first; slot < first + Merge.MONTHS.slots(); slot++) {
      numbers[slot] |= from.numbers[slot];
      isKnown[slot] |= from.isKnown[slot];
    }
  }

  private void add(Merge merge, int slot, Entry from) {
    switch (merge) {
      case SUM -> sum(slot, from);
      case LEAST -> {
        if (!isKnown[slot] || compare(slot, from, slot) > 0) {
          take(slot, from, slot);
        }
      }
      case GREATEST -> {
        if (!isKnown[slot] || compare(slot, from, slot) < 0) {
          take(slot, from, slot);
        }
      }
      case MONTHS -> addMonths(slot, from);
      case TWO_LARGEST -> {
        insert(slot, from, slot);
        if (from.isKnown[slot + 1]) {
          insert(slot, from, slot + 1);
        }
      }
      case SUM_OF_LEAST -> sumOfLeast(slot, from);
      case EARLIEST -> {
        if (!isKnown[slot] || from.numbers[slot] < numbers[slot]) {
          take(slot, from, slot);
          take(slot + 1, from, slot + 1);
        }
      }
      case DISTINCT, SUMS, DATED_SUMS, ACCOUNT, BALANCE -> gather(slot, from);
    }
  }

  /** Keeps of accounts what they came to before a day, and what falls due later. */
  void settle(int before) {
    for (int part = 0; part < schema.merges.length; part++) {
      int slot = schema.firsts[part];
      if (schema.merges[part] == Merge.BALANCE
          && isKnown[slot]
          && gathered(slot) instanceof AccountChanges changes) {
        objects[slot] = changes.settled(before);
      }
    }
  }

  /** What is gathered stays packed until more is added. */
  private void gather(int slot, Entry from) {
    if (!isKnown[slot] && !(from.object(slot) instanceof Gathered)) {
      take(slot, from, slot);
      return;
    }

    Gathered gathered = gathered(slot);
    gathered.add(from.object(slot));
    objects[slot] = gathered;
    isKnown[slot] = true;
  }

  private Gathered gathered(int slot) {
    if (objects[slot] instanceof Gathered gathered) {
      return gathered;
    }

    Gathered gathered = schema.kinds[slot].gathered();
    if (isKnown[slot]) {
      gathered.add(object(slot));
    }
    return gathered;
  }

  private void sum(int slot, Entry from) {
    if (schema.kinds[slot] == ValueKind.NUMBER) {
      numbers[slot] = Math.addExact(numbers[slot], from.numbers[slot]);
    } else {
      objects[slot] =
          isKnown[slot]
              ? limited(((BigInteger) object(slot)).add((BigInteger) from.object(slot)))
              : from.object(slot);
    }
    isKnown[slot] = true;
  }

  private static BigInteger limited(BigInteger sum) {
    if (sum.abs().compareTo(LIMIT) >= 0) {
      throw new ArithmeticException("decimal overflow");
    }

    return sum;
  }

  private void sumOfLeast(int slot, Entry from) {
    if (!isKnown[slot] || from.numbers[slot] < numbers[slot]) {
      take(slot, from, slot);
      take(slot + 1, from, slot + 1);
      take(slot + 2, from, slot + 2);
    } else if (from.numbers[slot] == numbers[slot]) {
      sum(slot + 1, from);
      sum(slot + 2, from);
    }
  }

  /** Puts a value before, between or behind the two largest. */
  private void insert(int slot, Entry from, int other) {
    if (!isKnown[slot] || compare(slot, from, other) < 0) {
      take(slot + 1, this, slot);
      take(slot, from, other);
    } else if (!isKnown[slot + 1] || compare(slot + 1, from, other) < 0) {
      take(slot + 1, from, other);
    }
  }

  private void take(int slot, Entry from, int other) {
    numbers[slot] = from.numbers[other];
    objects[slot] = from.objects[other];
    isKnown[slot] = from.isKnown[other];
  }

  private int compare(int slot, Entry from, int other) {
    ValueKind kind = schema.kinds[slot];
    return kind == ValueKind.NUMBER
        ? Long.compare(numbers[slot], from.numbers[other])
        : kind.compare(object(slot), from.object(other));
  }
}
