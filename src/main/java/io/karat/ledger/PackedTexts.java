package io.karat.ledger;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Texts in one array of bytes, each after its length, with or without a number. Numbers have up to
 * 128 bits.
 */
final class PackedTexts {
  /** The order of unsigned bytes, which is that of the characters of a text. */
  static final Comparator<ByteBuffer> ORDER =
      (one, other) ->
          Arrays.compareUnsigned(
              one.array(),
              one.arrayOffset(),
              one.arrayOffset() + one.limit(),
              other.array(),
              other.arrayOffset(),
              other.arrayOffset() + other.limit());

  private final byte[] bytes;
  private int at;
  private ByteBuffer text = ByteBuffer.allocate(0);
  private long high;
  private long low;

  PackedTexts(byte[] bytes) {
    this.bytes = bytes;
  }

  static byte[] of(byte[] text) {
    Bytes packed = new Bytes();
    write(ByteBuffer.wrap(text), packed);
    return packed.copy();
  }

  static byte[] of(byte[] text, BigInteger number) {
    Bytes packed = new Bytes();
    write(
        ByteBuffer.wrap(text),
        number.shiftRight(Long.SIZE).longValueExact(),
        number.longValue(),
        packed);
    return packed.copy();
  }

  static void write(ByteBuffer text, Bytes to) {
    to.number(text.limit());
    to.part(text);
  }

  static void write(ByteBuffer text, long high, long low, Bytes to) {
    boolean isWide = high != low >> (Long.SIZE - 1);
    to.number(((long) text.limit() << 1) | (isWide ? 1 : 0));
    to.part(text);
    to.number(Bytes.zigzag(low));
    if (isWide) {
      to.number(Bytes.zigzag(high));
    }
  }

  /** Reads the next text; false if there is none. */
  boolean next() {
    if (at == bytes.length) {
      return false;
    }

    readText((int) number());
    return true;
  }

  /** Reads the next text and number; false if there is none. */
  boolean nextWithNumber() {
    if (at == bytes.length) {
      return false;
    }

    long length = number();
    readText((int) (length >>> 1));
    low = Bytes.unzigzag(number());
    high = (length & 1) == 1 ? Bytes.unzigzag(number()) : low >> (Long.SIZE - 1);
    return true;
  }

  private void readText(int length) {
    text = ByteBuffer.wrap(bytes, at, length).slice();
    at += length;
  }

  ByteBuffer text() {
    return text;
  }

  /** The upper 64 bits of the number. */
  long high() {
    return high;
  }

  /** The lower 64 bits of the number. */
  long low() {
    return low;
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
