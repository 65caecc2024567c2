package io.karat.settings;

import java.math.BigDecimal;

/**
 * How it is followed where customers move.
 *
 * @param periodDays one step of the Markov chain, and how far back a night looks beside the night
 *     before
 * @param annualDiscount by how much an amount of a year later counts less, above 0 and at most 1
 */
public record MovementSettings(int periodDays, BigDecimal annualDiscount) {}
