package io.karat.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Sums by text, such as the sales of each channel of a customer; of 128 bits each. */
public final class TextSums implements Gathered {
  private final Map<ByteBuffer, WideSum> sums = new HashMap<>();

  /** The sum of one text, packed. */
  public static byte[] of(byte[] text, BigInteger number) {
    WideSum sum = new WideSum();
    sum.add(number.shiftRight(Long.SIZE).longValueExact(), number.longValue());
    return of(text, sum);
  }

  /** The sum of one text, packed. */
  public static byte[] of(byte[] text, long number) {
    return of(text, WideSum.of(number));
  }

  private static byte[] of(byte[] text, WideSum sum) {
    Bytes packed = new Bytes();
    PackedTexts.write(ByteBuffer.wrap(text), sum, packed);
    return packed.copy();
  }

  @Override
  public void add(Object others) {
    if (others instanceof TextSums all) {
      all.sums.forEach((text, sum) -> sum(text).add(sum));
      return;
    }

    ByteCursor packed = new ByteCursor((byte[]) others);
    while (!packed.isAtEnd()) {
      long length = packed.number();
      packed.sum((length & 1) == 1, sum(packed.text((int) (length >>> 1))));
    }
  }

  private WideSum sum(ByteBuffer text) {
    return sums.computeIfAbsent(text, it -> new WideSum());
  }

  /** The text with the largest sum, the first of several; of sums that are packed or not. */
  public static byte[] largest(Object sums) {
    TextSums all = new TextSums();
    all.add(sums);
    return all.largest();
  }

  /** Every text with its sum, in the order of texts; of sums that are packed or not. */
  public static Map<String, BigInteger> all(Object sums) {
    TextSums all = new TextSums();
    all.add(sums);
    Map<String, BigInteger> byText = new TreeMap<>();
    all.sums.forEach(
        (text, sum) -> byText.put(UTF_8.decode(text.duplicate()).toString(), sum.exact()));
    return byText;
  }

  private byte[] largest() {
    ByteBuffer largest =
        Collections.max(
                sums.entrySet(),
                Map.Entry.<ByteBuffer, WideSum>comparingByValue()
                    .thenComparing(Map.Entry::getKey, PackedTexts.ORDER.reversed()))
            .getKey();
    byte[] text = new byte[largest.limit()];
    largest.duplicate().get(text);
    return text;
  }

  @Override
  public byte[] packed(int day) {
    Map<ByteBuffer, WideSum> sorted = new TreeMap<>(PackedTexts.ORDER);
    sorted.putAll(sums);
    Bytes bytes = new Bytes();
    sorted.forEach((text, sum) -> PackedTexts.write(text, sum, bytes));
    return bytes.copy();
  }
}
