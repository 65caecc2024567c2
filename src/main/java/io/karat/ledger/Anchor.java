package io.karat.ledger;

import java.time.LocalDate;

/**
 * Anchor of a number: what it is most often on a day. An entry keeps the difference, which is then
 * 0 and takes no byte.
 */
public enum Anchor {
  /** 0. */
  NONE,
  /** The day itself, in days since 1970. */
  DAY,
  /** The number of its month: 12 times the year plus the month. */
  MONTH,
  /** The bit of its month in one of the words of {@link Merge#MONTHS}. */
  MONTH_BIT;

  private static final int BITS = 64;
  private static final int WORDS = Merge.MONTHS.slots();

  /** The number of the month of a day: 12 times the year plus the month. */
  public static int month(int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return date.getYear() * 12 + date.getMonthValue();
  }

  /** The bit of a month in one of the words; 0 if it is a bit of another word. */
  static long bit(int month, int word) {
    int bit = Math.floorMod(month, BITS * WORDS);
    return bit / BITS == word ? 1L << (bit % BITS) : 0;
  }
}
