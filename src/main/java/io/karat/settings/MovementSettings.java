package io.karat.settings;

import java.math.BigDecimal;

/**
 * Settings of movement analysis.
 *
 * @param periodDays the length of one step of the Markov chain, and of the comparison beside the
 *     one with the night before
 * @param annualDiscount the annual discount rate of later amounts, above 0 and at most 1
 */
public record MovementSettings(int periodDays, BigDecimal annualDiscount) {
  /** The longest period. */
  public static final int LONGEST_PERIOD_DAYS = 366;
}
