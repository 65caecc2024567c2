package io.karat.ledger;

import java.math.BigInteger;
import java.util.Arrays;

/** Kind of the values of a slot, and their order. */
public enum ValueKind {
  /** A {@code long}. */
  NUMBER,
  /** A {@link BigInteger}, the digits of a wide decimal. */
  DECIMAL {
    @Override
    int compare(Object one, Object other) {
      return ((BigInteger) one).compareTo((BigInteger) other);
    }

    @Override
    byte[] bytes(Object value, int day) {
      BigInteger digits = (BigInteger) value;
      return digits.signum() == 0 ? NONE : digits.toByteArray();
    }

    @Override
    Object value(byte[] bytes, int day) {
      return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    }
  },
  /** A {@code byte[]}, such as a text in UTF-8, in the order of its unsigned bytes. */
  BYTES {
    @Override
    int compare(Object one, Object other) {
      return Arrays.compareUnsigned((byte[]) one, (byte[]) other);
    }
  },
  /** A {@link TextSet}, or its bytes. */
  SET {
    @Override
    Gathered gathered() {
      return new TextSet();
    }
  },
  /** {@link TextSums}, or their bytes. */
  SUMS {
    @Override
    Gathered gathered() {
      return new TextSums();
    }
  },
  /** {@link DatedSums}, or their bytes with a day. */
  DATED_SUMS {
    @Override
    Gathered gathered() {
      return DatedSums.none();
    }

    @Override
    Object value(byte[] bytes, int day) {
      return new PackedDay(bytes, day);
    }
  },
  /** {@link AccountChanges}, or their bytes with a day. */
  ACCOUNT {
    @Override
    Gathered gathered() {
      return AccountChanges.none();
    }

    @Override
    Object value(byte[] bytes, int day) {
      return new PackedDay(bytes, day);
    }
  };

  private static final byte[] NONE = new byte[0];

  /** Gathered values of which none is added yet. */
  Gathered gathered() {
    throw new IllegalStateException(this + " is not gathered.");
  }

  int compare(Object one, Object other) {
    throw new IllegalStateException(this + " has no order of its own.");
  }

  /**
   * The bytes of a value of an entry of some day; none for 0 and an empty text. Numbers are written
   * as they are.
   */
  byte[] bytes(Object value, int day) {
    if (value instanceof Gathered values) {
      return values.packed(day);
    }

    if (value instanceof PackedDay packed) {
      return packed.day() == day ? packed.bytes() : moved(packed, day);
    }
    return (byte[]) value;
  }

  private byte[] moved(PackedDay packed, int day) {
    Gathered values = gathered();
    values.add(packed);
    return values.packed(day);
  }

  /** The value of an entry of some day. */
  Object value(byte[] bytes, int day) {
    return bytes;
  }
}
