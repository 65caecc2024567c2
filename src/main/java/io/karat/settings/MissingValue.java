package io.karat.settings;

/** Treatment of an unknown indicator in a score. */
public enum MissingValue {
  /** It scores like the worst value. */
  WORST,
  /** It is left out: its weight is spread over the customer's other indicators. */
  SKIP
}
