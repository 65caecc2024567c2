package io.karat.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How it is foreseen what customers will be worth.
 *
 * @param occasion what counts as a day on which a customer comes
 * @param horizonDays how far ahead, the one that indicators use first
 * @param annualDiscount by how much a later year's sales are worth less
 * @param holdoutDays the last days, which a fit is judged on; chosen by the data where absent
 * @param refitAfterDays how old a model may become before another is fitted
 */
public record LifetimeSettings(
    Family model,
    SpendOn spendOn,
    Occasion occasion,
    List<Integer> horizonDays,
    BigDecimal annualDiscount,
    Optional<Integer> holdoutDays,
    int refitAfterDays,
    Accept accept) {
  public LifetimeSettings {
    horizonDays = List.copyOf(horizonDays);
  }

  /** How it is done where nobody says anything. */
  public static LifetimeSettings builtIn() {
    return LifetimeKeys.builtIn();
  }

  /** The model of how often customers buy. */
  public enum Family {
    BGNBD,
    PARETONBD,
    MBGNBD,
    /** Whichever ranks customers best over the holdout. */
    BEST
  }

  /** The days from which a customer's mean spend is known. */
  public enum SpendOn {
    /** Those after the first. */
    REPEATS,
    /** All. */
    ALL,
    /** Whichever ranks customers best over the holdout. */
    BEST
  }

  /** A day on which a customer comes. */
  public enum Occasion {
    /** A day with a sale. */
    SALE,
    /** A day on which sales are more than returns. */
    POSITIVE_NET
  }

  /** Who decides that nights go by a newer model. */
  public enum Accept {
    /** Somebody who compares it. */
    MANUAL,
    /** The night that fits it. */
    AUTO
  }
}
