package io.karat.ledger;

/**
 * Merge function of a part: how the values of rows become that of a day, and those of days that of
 * a period. The order of values never matters.
 */
public enum Merge {
  /** The sum; 0 if there are none. */
  SUM(1),
  /** The least value. */
  LEAST(1),
  /** The greatest value. */
  GREATEST(1),
  /** The set of calendar months, by their number modulo 256, as the bits of four numbers. */
  MONTHS(4),
  /** The two largest values, the larger one first; a value that occurs twice counts twice. */
  TWO_LARGEST(2),
  /** The least key, and the sum of the values with it in two halves. */
  SUM_OF_LEAST(3),
  /** The least key and a value with it; no key occurs twice. */
  EARLIEST(2),
  /** The set of texts. */
  DISTINCT(1),
  /** The sums by text. */
  SUMS(1),
  /** The sums by text, each with its last day. */
  DATED_SUMS(1),
  /** The changes of an account, by day and due day. */
  ACCOUNT(1),
  /** The same where the balance of days of long ago is not asked for, only what it came to. */
  BALANCE(1);

  private final int slots;

  Merge(int slots) {
    this.slots = slots;
  }

  /** The number of values that make up the part. */
  public int slots() {
    return slots;
  }
}
