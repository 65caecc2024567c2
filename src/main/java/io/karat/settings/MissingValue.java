package io.karat.settings;

/** Treatment of an unknown indicator in a score. */
public enum MissingValue {
  /** It scores like the worst value. */
  WORST,
  /** It is left out: its weight is spread over the customer's other indicators. */
  SKIP;

  /**
   * The treatment unless one is configured. Nobody knows what a customer who was never in contact
   * thinks, so that unknown indicators of contacts are left out.
   */
  public static MissingValue of(IndicatorSettings.Category category) {
    return category == IndicatorSettings.Category.CONTACT ? SKIP : WORST;
  }
}
