package io.karat.mart;

import java.util.Arrays;

/** A growing buffer of bytes to send to the server. */
final class CopyBuffer {
  /** The bytes of a long with at most 38 zeros before it, a point and a sign. */
  private static final int LONGEST_NUMBER = 64;

  private byte[] bytes = new byte[1 << 16];
  private int length;

  void add(byte next) {
    reserve(1);
    bytes[length++] = next;
  }

  void add(byte[] more) {
    add(more, 0, more.length);
  }

  /** Adds some bytes of an array, from {@code from} to before {@code to}. */
  void add(byte[] more, int from, int to) {
    reserve(to - from);
    System.arraycopy(more, from, bytes, length, to - from);
    length += to - from;
  }

  /** Adds a decimal of so many units, with {@code scale} digits after the point. */
  void addDecimal(long units, int scale) {
    reserve(LONGEST_NUMBER);
    int start = length;
    long rest = units;
    int digit = 0;
    do {
      if (digit == scale && scale > 0) {
        bytes[length++] = '.';
      }
      bytes[length++] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
      digit++;
    } while (rest != 0 || digit <= scale);
    if (units < 0) {
      bytes[length++] = '-';
    }
    reverse(start);
  }

  private void reverse(int start) {
    for (int i = start, j = length - 1; i < j; i++, j--) {
      byte other = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = other;
    }
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }
}
