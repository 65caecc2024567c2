package io.karat.ledger;

import java.math.BigInteger;
import java.util.Arrays;

/** Kind of the values of a slot, and their order. */
public enum ValueKind {
  /** A {@code long}. */
  NUMBER {
    @Override
    int compare(Object one, Object other) {
      throw new IllegalStateException("Numbers are compared as they are.");
    }

    @Override
    byte[] bytes(Object value) {
      throw new IllegalStateException("Numbers are written as they are.");
    }

    @Override
    Object value(byte[] bytes) {
      throw new IllegalStateException("Numbers are read as they are.");
    }
  },
  /** A {@link BigInteger}, the digits of a wide decimal. */
  DECIMAL {
    @Override
    int compare(Object one, Object other) {
      return ((BigInteger) one).compareTo((BigInteger) other);
    }

    @Override
    byte[] bytes(Object value) {
      BigInteger digits = (BigInteger) value;
      return digits.signum() == 0 ? NONE : digits.toByteArray();
    }

    @Override
    Object value(byte[] bytes) {
      return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    }
  },
  /** A {@code byte[]}, such as a text in UTF-8, in the order of its unsigned bytes. */
  BYTES {
    @Override
    int compare(Object one, Object other) {
      return Arrays.compareUnsigned((byte[]) one, (byte[]) other);
    }

    @Override
    byte[] bytes(Object value) {
      return (byte[]) value;
    }

    @Override
    Object value(byte[] bytes) {
      return bytes;
    }
  },
  /** A {@link TextSet}, or its bytes. */
  SET {
    @Override
    int compare(Object one, Object other) {
      throw new IllegalStateException("Sets have no order.");
    }

    @Override
    byte[] bytes(Object value) {
      return value instanceof Texts texts ? texts.packed() : (byte[]) value;
    }

    @Override
    Object value(byte[] bytes) {
      return bytes;
    }
  },
  /** {@link TextSums}, or their bytes. */
  SUMS {
    @Override
    int compare(Object one, Object other) {
      throw new IllegalStateException("Sums by text have no order.");
    }

    @Override
    byte[] bytes(Object value) {
      return value instanceof Texts texts ? texts.packed() : (byte[]) value;
    }

    @Override
    Object value(byte[] bytes) {
      return bytes;
    }
  };

  private static final byte[] NONE = new byte[0];

  abstract int compare(Object one, Object other);

  /** The bytes of a value; none for 0 and an empty text. */
  abstract byte[] bytes(Object value);

  abstract Object value(byte[] bytes);
}
