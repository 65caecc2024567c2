package io.karat.ranks;

import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;

/**
 * One order of customers among many, as one number.
 *
 * @param column the place of the column in the list of all
 * @param group of the customers; 0 where a column has none
 */
record Series(int column, int group) {
  private static final long GROUPS = 1L << Integer.SIZE;

  static Series of(long key) {
    return new Series(Math.toIntExact(Math.floorDiv(key, GROUPS)), (int) key);
  }

  long key() {
    return column * GROUPS + Integer.toUnsignedLong(group);
  }

  /** The key for customers whose groups are in a column. */
  static Column key(int column, Column group) {
    Column unsigned = group.cast("int").cast("bigint").bitwiseAND(lit(GROUPS - 1));
    return lit(column * GROUPS).plus(unsigned);
  }
}
