package io.karat.ranks;

import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;

/**
 * One ranking among many, of a column and a group, with a number as its key.
 *
 * @param column the index of the column
 * @param group the group of the customers; 0 for a column without groups
 */
record Series(int column, int group) {
  private static final long GROUPS = 1L << Integer.SIZE;

  static Series of(long key) {
    return new Series(Math.toIntExact(Math.floorDiv(key, GROUPS)), (int) key);
  }

  long key() {
    return column * GROUPS + Integer.toUnsignedLong(group);
  }

  /** The key of customers whose groups are in a column. */
  static Column key(int column, Column group) {
    Column unsigned = group.cast("int").cast("bigint").bitwiseAND(lit(GROUPS - 1));
    return lit(column * GROUPS).plus(unsigned);
  }
}
