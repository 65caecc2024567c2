package io.karat.lifetime;

import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * The Pareto/NBD (Schmittlein, Morrison and Colombo 1987; Fader and Hardie 2005). Customers buy at
 * random at a rate of their own, gamma distributed with shape {@code r} and rate {@code alpha}, and
 * drop out at any moment, at a rate of their own, gamma distributed with {@code s} and {@code
 * beta}.
 */
record ParetoNbd(double r, double alpha, double s, double beta) implements PurchaseModel {
  @Override
  public PurchaseFamily family() {
    return PurchaseFamily.PARETONBD;
  }

  @Override
  public List<Double> parameters() {
    return List.of(r, alpha, s, beta);
  }

  @Override
  public double logLikelihood(PurchaseHistory history) {
    double x = history.repeats();
    return Gamma.logGamma(r + x)
        - Gamma.logGamma(r)
        + r * Math.log(alpha)
        + s * Math.log(beta)
        + logAlive(history)
        + Logistic.softplus(new DropoutTime(this, history).logGone() - logAlive(history));
  }

  @Override
  public double aliveProbability(PurchaseHistory history) {
    return Logistic.probability(logAlive(history) - new DropoutTime(this, history).logGone());
  }

  /** The log-likelihood of being alive, without the factors that it shares with that of dropout. */
  private double logAlive(PurchaseHistory history) {
    return -(r + history.repeats()) * Math.log(alpha + history.age())
        - s * Math.log(beta + history.age());
  }

  /** {@code ∫ (r+x)/(alpha+T) ((beta+T)/(beta+T+u))^s du}, with its limit if s is 1. */
  @Override
  public double expectedIfAlive(PurchaseHistory history, double time) {
    double rate = (r + history.repeats()) / (alpha + history.age());
    double scale = beta + history.age();
    double doublings = Math.log1p(time / scale);
    double stay = s == 1 ? doublings : -Math.expm1((1 - s) * doublings) / (s - 1);
    return rate * scale * stay;
  }

  @Override
  public double timeScale(PurchaseHistory history) {
    return beta + history.age();
  }
}
