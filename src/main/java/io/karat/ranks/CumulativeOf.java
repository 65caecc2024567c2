package io.karat.ranks;

/** What is counted from the least value up. */
enum CumulativeOf {
  /** Customers. */
  CUSTOMERS,
  /** Their values, as far as positive. */
  VALUE,
  /** Their values in another column, as far as positive. */
  ADDED
}
