package io.karat.lifetime;

import java.util.List;
import java.util.stream.Stream;

/**
 * The BG/NBD (Fader, Hardie and Lee 2005) and the MBG/NBD (Batislam, Denizel and Filiztekin 2007;
 * Hoppe and Wagner 2007). Customers buy at random at a rate of their own, and drop out after a
 * purchase with a chance of their own; in the MBG/NBD also after the first purchase. Nested models
 * have one rate or one chance for all, or no dropout: the negative binomial model NBD (Ehrenberg
 * 1959).
 */
record BetaGeometric(PurchaseForm form, PurchaseRates rates, DropoutChances chances)
    implements PurchaseModel {
  private static final double HUGE = 1e200;
  private static final double ENOUGH = 1e-14;

  @Override
  public List<Double> parameters() {
    return Stream.of(rates.parameters(), chances.parameters()).flatMap(List::stream).toList();
  }

  /** The number of purchases after which the customer may have dropped out. */
  private double chances(PurchaseHistory history) {
    return (double) history.repeats() + form.chancesBeforeRepeats();
  }

  @Override
  public double logLikelihood(PurchaseHistory history) {
    double repeats = (double) history.repeats();
    return rates.logRepeats(repeats)
        + chances.logStays(chances(history))
        + rates.staying(repeats).log(history.age())
        + Logistic.softplus(logOddsOfGone(history));
  }

  @Override
  public double aliveProbability(PurchaseHistory history) {
    return Logistic.probability(-logOddsOfGone(history));
  }

  private double logOddsOfGone(PurchaseHistory history) {
    Decay staying = rates.staying((double) history.repeats());
    return chances.logOdds(chances(history))
        + staying.log(history.last())
        - staying.log(history.age());
  }

  /**
   * The sum over n of the probability of n purchases without dropout (a negative binomial) times
   * the expected number of these n before dropout. All terms are positive, so that nothing cancels
   * and no parameter is singular; equal to the closed form of the literature, which has 2F1.
   */
  @Override
  public double expectedIfAlive(PurchaseHistory history, double time) {
    double purchasesBefore = chances(history);
    double mean = rates.mean(history) * time;
    double logScale = rates.logNone(history, time);

    double probability = 1;
    double staying = 1;
    double purchases = 0;
    double sum = 0;
    for (long n = 0; ; n++) {
      sum += probability * purchases;
      double step = rates.step(history, time, (double) n);
      double rest = probability * (purchases + 1) / ((1 - step) * (1 - step));
      if (n > mean && step < 1 && rest <= ENOUGH * sum) {
        return sum * Math.exp(logScale);
      }

      purchases += staying;
      staying *= chances.stays(purchasesBefore + n);
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

  /** Nobody drops out before the next purchase, so it is that of the purchase rates alone. */
  @Override
  public double purchaseIfAlive(PurchaseHistory history, double time) {
    return -Math.expm1(rates.logNone(history, time));
  }

  @Override
  public double timeScale(PurchaseHistory history) {
    return rates.timeScale(history);
  }
}
