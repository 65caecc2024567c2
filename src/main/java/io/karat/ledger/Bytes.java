package io.karat.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that grow. */
final class Bytes {
  private static final int FIRST_CAPACITY = 64;
  private static final int MOST_OF_NUMBER = 10;

  private byte[] bytes;
  private int size;

  Bytes() {
    this(new byte[FIRST_CAPACITY], 0);
  }

  Bytes(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** The bytes themselves, of which those after {@link #size} are of no meaning. */
  byte[] array() {
    return bytes;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  /** A number in as few bytes as it needs, seven bits each, the lowest first. */
  void number(long unsigned) {
    makeRoomFor(MOST_OF_NUMBER);
    long rest = unsigned;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** The lowest bytes of a number, the lowest first. */
  void low(long number, int count) {
    makeRoomFor(count);
    for (int i = 0; i < count; i++) {
      bytes[size++] = (byte) (number >>> (8 * i));
    }
  }

  void all(byte[] more) {
    makeRoomFor(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  void part(ByteBuffer more) {
    makeRoomFor(more.limit());
    more.get(0, bytes, size, more.limit());
    size += more.limit();
  }

  private void makeRoomFor(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /** Whether a number needs more than one byte. */
  static boolean isLong(long unsigned) {
    return (unsigned & ~0x7FL) != 0;
  }

  /** A number whose small values of both signs need few bytes as an unsigned one. */
  static long zigzag(long number) {
    return (number << 1) ^ (number >> 63);
  }

  static long unzigzag(long number) {
    return (number >>> 1) ^ -(number & 1);
  }
}
