package io.karat.lifetime;

import java.util.List;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * The BG/NBD (Fader, Hardie and Lee 2005) and the MBG/NBD (Batislam, Denizel and Filiztekin 2007;
 * Hoppe and Wagner 2007). Customers buy at random at a rate of their own, gamma distributed with
 * shape {@code r} and rate {@code alpha}, and drop out after a purchase with a probability of their
 * own, beta distributed with {@code a} and {@code b}; in the MBG/NBD also after the first purchase.
 */
record BetaGeometric(PurchaseFamily family, double r, double alpha, double a, double b)
    implements PurchaseModel {
  private static final double HUGE = 1e200;
  private static final double ENOUGH = 1e-14;

  @Override
  public List<Double> parameters() {
    return List.of(r, alpha, a, b);
  }

  /** The number of purchases after which the customer may have dropped out. */
  private double chances(PurchaseHistory history) {
    return history.repeats() + (family == PurchaseFamily.MBGNBD ? 1 : 0);
  }

  @Override
  public double logLikelihood(PurchaseHistory history) {
    double x = history.repeats();
    double stayed = Beta.logBeta(a, b + chances(history)) - Beta.logBeta(a, b);
    return Gamma.logGamma(r + x)
        - Gamma.logGamma(r)
        + r * Math.log(alpha)
        + stayed
        - (r + x) * Math.log(alpha + history.age())
        + Logistic.softplus(logOddsOfGone(history));
  }

  @Override
  public double aliveProbability(PurchaseHistory history) {
    return Logistic.probability(-logOddsOfGone(history));
  }

  private double logOddsOfGone(PurchaseHistory history) {
    double chances = chances(history);
    double silence = Math.log((alpha + history.age()) / (alpha + history.last()));
    return chances == 0
        ? Double.NEGATIVE_INFINITY
        : Math.log(a / (b + chances - 1)) + (r + history.repeats()) * silence;
  }

  /**
   * The sum over n of the probability of n purchases without dropout (a negative binomial) times
   * the expected number of these n before dropout. All terms are positive, so that nothing cancels
   * and no parameter is singular; equal to the closed form of the literature, which has 2F1.
   */
  @Override
  public double expectedIfAlive(PurchaseHistory history, double time) {
    double shape = r + history.repeats();
    double rate = alpha + history.age();
    double w = time / (rate + time);
    double stays = b + chances(history);
    double mean = shape * time / rate;
    double logScale = -shape * Math.log1p(time / rate);

    double probability = 1;
    double staying = 1;
    double purchases = 0;
    double sum = 0;
    for (long n = 0; ; n++) {
      sum += probability * purchases;
      double step = (shape + n) / (n + 1) * w;
      double rest = probability * (purchases + 1) / ((1 - step) * (1 - step));
      if (n > mean && step < 1 && rest <= ENOUGH * sum) {
        return sum * Math.exp(logScale);
      }

      purchases += staying;
      staying *= (stays + n) / (stays + a + n);
      probability *= step;
      if (probability > HUGE) {
        probability /= HUGE;
        sum /= HUGE;
        logScale += Math.log(HUGE);
      }
      if (probability == 0) {
        return sum * Math.exp(logScale);
      }
    }
  }

  @Override
  public double timeScale(PurchaseHistory history) {
    return alpha + history.age();
  }
}
