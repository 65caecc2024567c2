package io.karat.ledger;

import java.nio.ByteBuffer;

/** Cursor over bytes that {@link Bytes} wrote. */
final class ByteCursor {
  private final byte[] bytes;
  private int at;

  ByteCursor(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  /** Reads a number. */
  long number() {
    byte next = bytes[at++];
    long number = next & 0x7F;
    for (int shift = 7; next < 0; shift += 7) {
      next = bytes[at++];
      number |= (next & 0x7FL) << shift;
    }
    return number;
  }

  /** Reads a text; the bytes are shared. */
  ByteBuffer text(int length) {
    ByteBuffer text = ByteBuffer.wrap(bytes, at, length).slice();
    at += length;
    return text;
  }

  /** Reads a number of 128 bits into a sum. */
  void sum(boolean isWide, WideSum to) {
    long low = Bytes.unzigzag(number());
    to.add(isWide ? Bytes.unzigzag(number()) : low >> (Long.SIZE - 1), low);
  }
}
