package io.karat.lifetime;

import java.io.Serializable;
import java.util.List;

/**
 * The Gamma-Gamma model (Colombo and Jiang 1999; Fader and Hardie 2013): the spend of a customer on
 * a day varies around a mean of the customer's own, independent of frequency. It is gamma
 * distributed with shape {@code p}, and its rate is gamma distributed with {@code q} and {@code
 * gamma}.
 */
public record SpendModel(double p, double q, double gamma) implements Serializable {
  /** The names of the parameters. */
  public static final List<String> PARAMETERS = List.of("p", "q", "gamma");

  /** A model with these parameters, in the order of {@link #PARAMETERS}. */
  public static SpendModel of(List<Double> parameters) {
    return new SpendModel(parameters.get(0), parameters.get(1), parameters.get(2));
  }

  /** The parameters, in the order of {@link #PARAMETERS}. */
  public List<Double> parameters() {
    return List.of(p, q, gamma);
  }

  /** Whether the mean of all customers is finite. */
  boolean hasMean() {
    return q > 1;
  }

  /**
   * The expected spend of a customer on a day, between the customer's own mean and that of all.
   *
   * @param days the number of days with spend; may be 0
   * @param total the spend on them
   */
  public double expectedMean(double days, double total) {
    return p * (gamma + total) / (p * days + q - 1);
  }
}
