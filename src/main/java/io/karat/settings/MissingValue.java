package io.karat.settings;

/** What an unknown indicator counts in a score. */
public enum MissingValue {
  /** As little as the worst. */
  WORST,
  /** Nothing: its weight is spread over the customer's other indicators. */
  SKIP
}
