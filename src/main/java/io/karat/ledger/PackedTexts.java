package io.karat.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;

/** Texts in one array of bytes. */
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

  private PackedTexts() {}

  static void write(ByteBuffer text, Bytes to) {
    to.number(text.limit());
    to.part(text);
  }

  static void write(ByteBuffer text, WideSum sum, Bytes to) {
    to.number(((long) text.limit() << 1) | (sum.isWide() ? 1 : 0));
    to.part(text);
    sum.write(to);
  }
}
