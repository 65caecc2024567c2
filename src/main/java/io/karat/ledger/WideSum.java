package io.karat.ledger;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Sum of 128 bits, which overflows in no order of the numbers. */
final class WideSum implements Comparable<WideSum> {
  private long high;
  private long low;

  static WideSum of(long number) {
    WideSum sum = new WideSum();
    sum.add(number);
    return sum;
  }

  void add(long number) {
    add(number >> (Long.SIZE - 1), number);
  }

  void add(WideSum other) {
    add(other.high, other.low);
  }

  void add(long moreHigh, long moreLow) {
    low += moreLow;
    boolean isCarried = Long.compareUnsigned(low, moreLow) < 0;
    high += moreHigh + (isCarried ? 1 : 0);
  }

  /** The sum; empty if it does not fit 64 bits. */
  Optional<Long> value() {
    return isWide() ? Optional.empty() : Optional.of(low);
  }

  /** Whether it does not fit 64 bits. */
  boolean isWide() {
    return high != low >> (Long.SIZE - 1);
  }

  /** The sum, however large. */
  BigInteger exact() {
    return new BigInteger(ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
  }

  void write(Bytes to) {
    to.number(Bytes.zigzag(low));
    if (isWide()) {
      to.number(Bytes.zigzag(high));
    }
  }

  @Override
  public int compareTo(WideSum other) {
    return high != other.high
        ? Long.compare(high, other.high)
        : Long.compareUnsigned(low, other.low);
  }
}
