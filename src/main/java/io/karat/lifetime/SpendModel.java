package io.karat.lifetime;

import java.io.Serializable;
import java.util.List;

/**
 * Gamma-Gamma (Colombo and Jiang 1999; Fader and Hardie 2013): what a customer spends on a day
 * varies around a mean of the customer's own, and has nothing to do with how often the customer
 * comes. Days are gamma distributed with shape {@code p}, their rate with {@code q} and {@code
 * gamma}.
 */
public record SpendModel(double p, double q, double gamma) implements Serializable {
  /** What its parameters are called. */
  public static final List<String> PARAMETERS = List.of("p", "q", "gamma");

  /** A model with these parameters, in the order of {@link #PARAMETERS}. */
  public static SpendModel of(List<Double> parameters) {
    return new SpendModel(parameters.get(0), parameters.get(1), parameters.get(2));
  }

  /** In the order of {@link #PARAMETERS}. */
  public List<Double> parameters() {
    return List.of(p, q, gamma);
  }

  /** Whether the mean of all customers is finite. */
  boolean hasMean() {
    return q > 1;
  }

  /**
   * What a customer is expected to spend on a day, between the customer's own mean and that of all.
   *
   * @param days on how many days spend is known; may be 0
   * @param total what was spent on them
   */
  public double expectedMean(double days, double total) {
    return p * (gamma + total) / (p * days + q - 1);
  }
}
