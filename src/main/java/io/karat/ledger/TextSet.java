package io.karat.ledger;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Set of texts, such as the products of a customer. */
public final class TextSet implements Texts {
  private final Set<ByteBuffer> texts = new HashSet<>();

  /** A set of one text, packed. */
  public static byte[] of(byte[] text) {
    return PackedTexts.of(text);
  }

  @Override
  public void add(Object others) {
    if (others instanceof TextSet other) {
      texts.addAll(other.texts);
      return;
    }

    PackedTexts packed = new PackedTexts((byte[]) others);
    while (packed.next()) {
      texts.add(packed.text());
    }
  }

  /** The number of texts of a set, which is packed or not. */
  public static long size(Object set) {
    if (set instanceof TextSet all) {
      return all.texts.size();
    }

    long size = 0;
    PackedTexts packed = new PackedTexts((byte[]) set);
    while (packed.next()) {
      size++;
    }
    return size;
  }

  @Override
  public byte[] packed() {
    Set<ByteBuffer> sorted = new TreeSet<>(PackedTexts.ORDER);
    sorted.addAll(texts);
    Bytes bytes = new Bytes();
    sorted.forEach(text -> PackedTexts.write(text, bytes));
    return bytes.copy();
  }
}
