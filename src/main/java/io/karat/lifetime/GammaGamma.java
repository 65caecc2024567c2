package io.karat.lifetime;

import java.util.List;

/**
 * The Gamma-Gamma model (Colombo and Jiang 1999; Fader and Hardie 2013): the spend of a customer on
 * a day varies around a mean of the customer's own, independent of frequency. It is gamma
 * distributed with shape {@code p}, and its rate is gamma distributed with {@code q} and {@code
 * gamma}.
 */
record GammaGamma(double p, double q, double gamma) implements SpendModel {
  @Override
  public SpendFamily family() {
    return SpendFamily.GAMMAGAMMA;
  }

  @Override
  public List<Double> parameters() {
    return List.of(p, q, gamma);
  }

  /** The expected spend, between the customer's own mean and that of all. */
  @Override
  public double expectedMean(double days, double total) {
    return p * (gamma + total) / (p * days + q - 1);
  }
}
