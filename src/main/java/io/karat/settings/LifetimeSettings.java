package io.karat.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the lifetime value model.
 *
 * @param occasion the days that count as purchases
 * @param horizonDays the horizons of the expected values, in days; indicators use the first
 * @param annualDiscount the annual discount rate of sales, such as 0.10
 * @param holdoutDays the length of the holdout period at the end of the data; chosen from the data
 *     if absent
 * @param contractPeriodDays the days between two charges of a contract, for the model of contracts
 * @param refitAfterDays the age in days above which a model is fitted again
 */
public record LifetimeSettings(
    Family model,
    SpendOn spendOn,
    Occasion occasion,
    List<Integer> horizonDays,
    BigDecimal annualDiscount,
    Optional<Integer> holdoutDays,
    BigDecimal contractPeriodDays,
    int refitAfterDays,
    Accept accept) {
  public LifetimeSettings {
    horizonDays = List.copyOf(horizonDays);
  }

  public boolean isContractual() {
    return model == Family.CONTRACTUAL;
  }

  /** The days between two charges of a contract. */
  public double contractPeriod() {
    return contractPeriodDays.doubleValue();
  }

  /** The settings if none are configured. */
  public static LifetimeSettings builtIn() {
    return LifetimeKeys.builtIn();
  }

  /** Model family of the purchase frequency: BG/NBD, Pareto/NBD, modified BG/NBD, or contracts. */
  public enum Family {
    BGNBD,
    PARETONBD,
    MBGNBD,
    /** Charges once a period, until the customer leaves. */
    CONTRACTUAL,
    /** The family that ranks customers best over an earlier holdout period. */
    BEST
  }

  /** Days from which a customer's mean spend is computed. */
  public enum SpendOn {
    /** The purchase days after the first. */
    REPEATS,
    /** All purchase days. */
    ALL,
    /** The choice that ranks customers best over an earlier holdout period. */
    BEST
  }

  /** Day that counts as a purchase. */
  public enum Occasion {
    /** A day with a sale. */
    SALE,
    /** A day on which sales exceed returns. */
    POSITIVE_NET
  }

  /** Way in which a newer model comes into use. */
  public enum Accept {
    /** By command, after somebody has compared it. */
    MANUAL,
    /** Automatically, on the night that fits it. */
    AUTO
  }
}
