package io.karat.ledger;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Set of texts, such as the products of a customer. */
public final class TextSet implements Gathered {
  private final Set<ByteBuffer> texts = new HashSet<>();

  /** A set of one text, packed. */
  public static byte[] of(byte[] text) {
    Bytes packed = new Bytes();
    PackedTexts.write(ByteBuffer.wrap(text), packed);
    return packed.copy();
  }

  @Override
  public void add(Object others) {
    if (others instanceof TextSet other) {
      texts.addAll(other.texts);
      return;
    }

    ByteCursor packed = new ByteCursor((byte[]) others);
    while (!packed.isAtEnd()) {
      texts.add(packed.text((int) packed.number()));
    }
  }

  /** The number of texts of a set, which is packed or not. */
  public static long size(Object set) {
    if (set instanceof TextSet all) {
      return all.texts.size();
    }

    ByteCursor packed = new ByteCursor((byte[]) set);
    long size = 0;
    while (!packed.isAtEnd()) {
      packed.text((int) packed.number());
      size++;
    }
    return size;
  }

  @Override
  public byte[] packed(int day) {
    Set<ByteBuffer> sorted = new TreeSet<>(PackedTexts.ORDER);
    sorted.addAll(texts);
    Bytes bytes = new Bytes();
    sorted.forEach(text -> PackedTexts.write(text, bytes));
    return bytes.copy();
  }
}
