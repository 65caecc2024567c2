package io.karat.mart;

import java.util.Arrays;

/** Bytes on their way to the server. */
final class ByteLine {
  private byte[] bytes = new byte[1 << 16];
  private int length;

  void add(byte next) {
    reserve(1);
    bytes[length++] = next;
  }

  void add(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  /** Adds a character behind a backslash. */
  void escape(char character) {
    add((byte) '\\');
    add((byte) character);
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
