package io.karat.lifetime;

import java.util.Arrays;
import java.util.List;

/**
 * The likelihood of {@link ShiftedBetaGeometric}: contracts that run have made so many renewals,
 * the others one no more.
 */
final class ContractLikelihood implements Likelihood {
  private final PurchaseForm form;

  /** The number of contracts that run, by decided renewals. */
  private final double[] running;

  /** The number of the others, by renewals. */
  private final double[] ended;

  private final double customers;

  private ContractLikelihood(
      PurchaseForm form, double[] running, double[] ended, double customers) {
    this.form = form;
    this.running = running;
    this.ended = ended;
    this.customers = customers;
  }

  static ContractLikelihood of(PurchaseForm form, PurchaseHistories histories) {
    int most = (int) Math.round(histories.oldest() / form.periodDays());
    double[] running = new double[most + 1];
    double[] ended = new double[most + 1];
    for (int i = 0; i < histories.size(); i++) {
      Contract contract = Contract.of(histories.history(i), form.periodDays());
      if (contract.isRunning()) {
        running[(int) contract.decided()] += histories.customers(i);
      } else {
        ended[(int) contract.renewals()] += histories.customers(i);
      }
    }
    return new ContractLikelihood(form, running, ended, histories.total());
  }

  @Override
  public double customers() {
    return customers;
  }

  @Override
  public List<double[]> starts() {
    double[][] chances =
        form.isNested()
            ? new double[][] {{0.3}, {0.1}, {0.03}}
            : new double[][] {{1, 5}, {0.5, 2}, {1, 20}};
    return Arrays.stream(chances).map(it -> Arrays.stream(it).map(Math::log).toArray()).toList();
  }

  @Override
  public Point at(double[] logarithms) {
    double[] parameters = Arrays.stream(logarithms).map(Math::exp).toArray();
    DropoutChances chances = form.chances(Arrays.stream(parameters).boxed().toList());
    double[] sums =
        Likelihood.sum(
            running.length, parameters.length + 1, (renewals, sum) -> add(chances, renewals, sum));
    return Point.of(sums, parameters, customers);
  }

  /** The derivative of log(1 - stays) is that of the difference of two survivals. */
  private void add(DropoutChances chances, int renewals, double[] sum) {
    double all = running[renewals] + ended[renewals];
    if (all == 0) {
      return;
    }

    double stays = chances.stays(renewals);
    sum[0] += all * chances.logStays(renewals) + ended[renewals] * Math.log1p(-stays);
    double[] here = chances.slopesOfStays(renewals);
    double[] next = chances.slopesOfStays(renewals + 1.0);
    for (int i = 0; i < here.length; i++) {
      sum[i + 1] += all * here[i] + ended[renewals] * stays / (1 - stays) * (here[i] - next[i]);
    }
  }
}
