package io.karat.lifetime;

import java.util.List;
import java.util.stream.Stream;

/**
 * The Pareto/NBD (Schmittlein, Morrison and Colombo 1987; Fader and Hardie 2005). Customers buy at
 * random at a rate of their own and drop out at any moment, at another rate of their own. Nested
 * models have one rate for all.
 */
record ParetoNbd(PurchaseForm form, PurchaseRates rates, LeavingRates leaving)
    implements PurchaseModel {
  @Override
  public List<Double> parameters() {
    return Stream.of(rates.parameters(), leaving.parameters()).flatMap(List::stream).toList();
  }

  @Override
  public double logLikelihood(PurchaseHistory history) {
    return rates.logRepeats((double) history.repeats())
        + leaving.logFactor()
        + logAlive(history)
        + Logistic.softplus(logGone(history) - logAlive(history));
  }

  @Override
  public double aliveProbability(PurchaseHistory history) {
    return Logistic.probability(logAlive(history) - logGone(history));
  }

  /** The log-likelihood of being alive, without the factors that it shares with that of dropout. */
  private double logAlive(PurchaseHistory history) {
    return rates.staying((double) history.repeats()).log(history.age())
        + leaving.staying().log(history.age());
  }

  private double logGone(PurchaseHistory history) {
    Decay staying = rates.staying((double) history.repeats());
    return leaving.logLeaving()
        + new DropoutTime(staying, leaving.leaving(), history.last(), history.age()).logTotal();
  }

  @Override
  public double expectedIfAlive(PurchaseHistory history, double time) {
    return rates.mean(history) * leaving.timeStaying(history.age(), time);
  }

  /**
   * The integral, over the moment of the next purchase, of its density {@code (r+x)/(alpha+T)
   * ((alpha+T)/(alpha+T+u))^(r+x+1)} times the probability {@code ((beta+T)/(beta+T+u))^s} of
   * having stayed until then; equal to one minus the P(X = 0) of Fader and Hardie (2014), which has
   * the difference of two 2F1.
   */
  @Override
  public double purchaseIfAlive(PurchaseHistory history, double time) {
    double age = history.age();
    Decay next = rates.next((double) history.repeats());
    Decay staying = leaving.staying();
    double logTotal = new DropoutTime(next, staying, age, age + time).logTotal();
    return rates.mean(history) * Math.exp(logTotal - next.log(age) - staying.log(age));
  }

  @Override
  public double timeScale(PurchaseHistory history) {
    return leaving.timeScale(history.age());
  }
}
