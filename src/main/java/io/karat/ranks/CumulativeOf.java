package io.karat.ranks;

/** The quantity of a cumulative distribution, added up from the least value. */
enum CumulativeOf {
  /** The number of customers. */
  CUSTOMERS,
  /** The sum of their positive values. */
  VALUE,
  /** The sum of their positive values in another column. */
  ADDED
}
