package io.karat.ledger;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Sums by text, such as the sales of each channel of a customer; of 128 bits each. */
public final class TextSums implements Texts {
  private final Map<ByteBuffer, Sum> sums = new HashMap<>();

  /** Sum of 128 bits. */
  private static final class Sum implements Comparable<Sum> {
    private long high;
    private long low;

    void add(long moreHigh, long moreLow) {
      low += moreLow;
      boolean isCarried = Long.compareUnsigned(low, moreLow) < 0;
      high += moreHigh + (isCarried ? 1 : 0);
    }

    @Override
    public int compareTo(Sum other) {
      return high != other.high
          ? Long.compare(high, other.high)
          : Long.compareUnsigned(low, other.low);
    }
  }

  /** The sum of one text, packed. */
  public static byte[] of(byte[] text, BigInteger number) {
    return PackedTexts.of(text, number);
  }

  /** The sum of one text, packed. */
  public static byte[] of(byte[] text, long number) {
    Bytes packed = new Bytes();
    PackedTexts.write(ByteBuffer.wrap(text), number >> (Long.SIZE - 1), number, packed);
    return packed.copy();
  }

  @Override
  public void add(Object others) {
    if (others instanceof TextSums all) {
      all.sums.forEach((text, sum) -> sum(text).add(sum.high, sum.low));
      return;
    }

    PackedTexts packed = new PackedTexts((byte[]) others);
    while (packed.nextWithNumber()) {
      sum(packed.text()).add(packed.high(), packed.low());
    }
  }

  private Sum sum(ByteBuffer text) {
    return sums.computeIfAbsent(text, it -> new Sum());
  }

  /** The text with the largest sum, the first of several; of sums that are packed or not. */
  public static byte[] largest(Object sums) {
    TextSums all = new TextSums();
    all.add(sums);
    return all.largest();
  }

  private byte[] largest() {
    ByteBuffer largest =
        Collections.max(
                sums.entrySet(),
                Map.Entry.<ByteBuffer, Sum>comparingByValue()
                    .thenComparing(Map.Entry::getKey, PackedTexts.ORDER.reversed()))
            .getKey();
    byte[] text = new byte[largest.limit()];
    largest.duplicate().get(text);
    return text;
  }

  @Override
  public byte[] packed() {
    Map<ByteBuffer, Sum> sorted = new TreeMap<>(PackedTexts.ORDER);
    sorted.putAll(sums);
    Bytes bytes = new Bytes();
    sorted.forEach((text, sum) -> PackedTexts.write(text, sum.high, sum.low, bytes));
    return bytes.copy();
  }
}
