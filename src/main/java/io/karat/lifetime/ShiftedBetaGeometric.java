package io.karat.lifetime;

import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * The shifted beta-geometric model of contracts (Fader and Hardie, How to Project Customer
 * Retention, 2007). At the end of each period a customer leaves with a chance of their own, beta
 * distributed over customers, so that those who stay are ever more faithful; nested in it, all have
 * one chance. Purchases are renewals, and whether a contract runs is {@linkplain Contract known}.
 */
record ShiftedBetaGeometric(PurchaseForm form, DropoutChances chances) implements PurchaseModel {
  @Override
  public List<Double> parameters() {
    return chances.parameters();
  }

  Contract contract(PurchaseHistory history) {
    return Contract.of(history, form.periodDays());
  }

  /** The probability of at least so many renewals. */
  double survival(long renewals) {
    return Math.exp(chances.logStays((double) renewals));
  }

  @Override
  public double logLikelihood(PurchaseHistory history) {
    Contract contract = contract(history);
    return contract.isRunning()
        ? chances.logStays((double) contract.decided())
        : chances.logStays((double) contract.renewals())
            + Math.log1p(-chances.stays((double) contract.renewals()));
  }

  /** 1 for a contract that runs, else 0. */
  @Override
  public double aliveProbability(PurchaseHistory history) {
    return contract(history).isRunning() ? 1 : 0;
  }

  @Override
  public double expectedIfAlive(PurchaseHistory history, double time) {
    return renewals(history, time, j -> 1);
  }

  /**
   * The probability that the contract still runs at the end of the {@code time}: that all renewals
   * due in it are made, 1 if none is due.
   */
  @Override
  public double purchaseIfAlive(PurchaseHistory history, double time) {
    Contract contract = contract(history);
    long due = due(contract, time);
    return Math.exp(
        chances.logStays((double) (contract.renewals() + due))
            - chances.logStays((double) contract.renewals()));
  }

  /** Each renewal, discounted from its own day. */
  @Override
  public double discounted(PurchaseHistory history, double time, double rate) {
    double toNext = contract(history).daysToNext();
    return aliveProbability(history)
        * renewals(history, time, j -> Math.exp(-rate * (toNext + (double) j * form.periodDays())));
  }

  /** The renewals still to come, each discounted from its own day. */
  double residual(PurchaseHistory history, ResidualRenewals ahead, double rate) {
    Contract contract = contract(history);
    return aliveProbability(history)
        * Math.exp(-rate * contract.daysToNext())
        * ahead.after(contract.renewals());
  }

  /** The sum over the renewals due of their probability times a factor; the next is number 0. */
  private double renewals(PurchaseHistory history, double time, LongToDoubleFunction factor) {
    Contract contract = contract(history);
    long due = due(contract, time);
    double probability = 1;
    double sum = 0;
    for (long j = 0; j < due; j++) {
      probability *= chances.stays((double) (contract.renewals() + j));
      sum += probability * factor.applyAsDouble(j);
    }
    return sum;
  }

  /** The number of renewals due in the {@code time}. */
  private long due(Contract contract, double time) {
    double after = time - contract.daysToNext();
    return after < 0 ? 0 : 1 + (long) Math.floor(after / form.periodDays());
  }

  @Override
  public double timeScale(PurchaseHistory history) {
    return form.periodDays();
  }
}
