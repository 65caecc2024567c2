package io.karat.ledger;

/**
 * Numbers of several bytes that an entry has had so far: the first few of them, which often come
 * again, such as the amount of an only sale.
 */
final class LongNumbers {
  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private final long[] numbers = new long[EntryShape.THIRD - EntryShape.FIRST + 1];
  private int size;

  void clear() {
    size = 0;
  }

  /** Takes a number that is written. */
  void add(long number) {
    if (size < numbers.length && Bytes.isLong(number)) {
      numbers[size++] = number;
    }
  }

  /** How a number is written that comes again; {@link EntryShape#WRITTEN} if it does not. */
  int how(long number, int month) {
    for (int i = 0; i < size; i++) {
      if (numbers[i] == number) {
        return EntryShape.FIRST + i;
      }
    }
    return size > 0 && byMonth(month) == number ? EntryShape.FIRST_BY_MONTH : EntryShape.WRITTEN;
  }

  /** The number that comes again. */
  long number(int how, int month) {
    return how == EntryShape.FIRST_BY_MONTH ? byMonth(month) : numbers[how - EntryShape.FIRST];
  }

  private long byMonth(int month) {
    return Bytes.zigzag(Bytes.unzigzag(numbers[0]) * month & LOW_HALF);
  }
}
