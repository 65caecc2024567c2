package io.karat.ledger;

/** Packed values with days of their own, which are counted from a day. */
final class PackedDay {
  private final byte[] bytes;
  private final int day;

  /**
   * Packed values.
   *
   * @param day the day from which theirs are counted
   */
  PackedDay(byte[] bytes, int day) {
    this.bytes = bytes;
    this.day = day;
  }

  byte[] bytes() {
    return bytes;
  }

  int day() {
    return day;
  }

  /** The number of a day, which is small if it is near the day of the entry. */
  static long difference(int of, int day) {
    return Bytes.zigzag((long) of - day);
  }

  /** The day with a number. */
  static int day(long difference, int day) {
    return (int) (Bytes.unzigzag(difference) + day);
  }
}
