package io.karat.ledger;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Sums by text with the last of their days, such as what is billed under the number of an invoice
 * and when it is due.
 */
public final class DatedSums implements Gathered {
  private final Map<ByteBuffer, Dated> sums = new HashMap<>();

  /** Sum and its last day, if any of its numbers has one. */
  public static final class Dated {
    private final WideSum sum = new WideSum();
    private OptionalInt last = OptionalInt.empty();

    private void add(OptionalInt day) {
      if (day.isPresent() && (last.isEmpty() || day.getAsInt() > last.getAsInt())) {
        last = day;
      }
    }

    /** The sum; empty if it does not fit 64 bits. */
    public Optional<Long> sum() {
      return sum.value();
    }

    /** The last day. */
    public OptionalInt day() {
      return last;
    }
  }

  /**
   * The sum of one text, packed.
   *
   * @param near the day of the row
   */
  public static Object of(byte[] text, long number, OptionalInt day, int near) {
    Dated dated = new Dated();
    dated.sum.add(number);
    dated.add(day);
    Bytes packed = new Bytes();
    write(ByteBuffer.wrap(text), dated, near, packed);
    return new PackedDay(packed.copy(), near);
  }

  /** Sums of which none is added yet. */
  public static DatedSums none() {
    return new DatedSums();
  }

  @Override
  public void add(Object others) {
    if (others instanceof DatedSums all) {
      all.sums.forEach(
          (text, more) -> {
            Dated dated = dated(text);
            dated.sum.add(more.sum);
            dated.add(more.last);
          });
      return;
    }

    PackedDay packed = (PackedDay) others;
    ByteCursor cursor = new ByteCursor(packed.bytes());
    while (!cursor.isAtEnd()) {
      long length = cursor.number();
      Dated dated = dated(cursor.text((int) (length >>> 2)));
      cursor.sum((length & 1) == 1, dated.sum);
      if ((length & 2) == 2) {
        dated.add(OptionalInt.of(PackedDay.day(cursor.number(), packed.day())));
      }
    }
  }

  private Dated dated(ByteBuffer text) {
    return sums.computeIfAbsent(text, it -> new Dated());
  }

  /** Passes on each text with its sum, in no order. */
  public void forEach(BiConsumer<ByteBuffer, Dated> action) {
    sums.forEach(action);
  }

  /** The sum of a text; empty if it has none. */
  public Optional<Dated> of(ByteBuffer text) {
    return Optional.ofNullable(sums.get(text));
  }

  @Override
  public byte[] packed(int day) {
    Map<ByteBuffer, Dated> sorted = new TreeMap<>(PackedTexts.ORDER);
    sorted.putAll(sums);
    Bytes bytes = new Bytes();
    sorted.forEach((text, dated) -> write(text, dated, day, bytes));
    return bytes.copy();
  }

  private static void write(ByteBuffer text, Dated dated, int near, Bytes to) {
    int flags = (dated.sum.isWide() ? 1 : 0) | (dated.last.isPresent() ? 2 : 0);
    to.number(((long) text.limit() << 2) | flags);
    to.part(text);
    dated.sum.write(to);
    dated.last.ifPresent(day -> to.number(PackedDay.difference(day, near)));
  }
}
