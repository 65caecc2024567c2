package io.karat.lifetime;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The discounted expected residual lifetime of a contract just before a renewal (Fader and Hardie,
 * Customer-Base Valuation in a Contractual Setting, 2010): the renewals still to come, the next one
 * in full, each later one discounted by one period more. In closed form the probability of the next
 * times a 2F1; here by its recurrence, from many renewals backwards.
 *
 * @param expected by the renewals already made; empty of purchases at random
 */
record ResidualRenewals(List<Double> expected) implements Serializable {
  /** From here on one renewal more changes next to nothing. */
  private static final int MOST = 1_200;

  private static final double ENOUGH = 1e-13;

  ResidualRenewals {
    expected = List.copyOf(expected);
  }

  /**
   * The renewals by those already made.
   *
   * @param discount the factor of one period; NaN everywhere unless below 1, as the sum may have no
   *     end then
   */
  static ResidualRenewals of(DropoutChances chances, double discount) {
    double[] expected = new double[MOST + 1];
    expected[MOST] = discount < 1 ? series(chances, discount) : Double.NaN;
    for (int renewals = MOST - 1; renewals >= 0; renewals--) {
      expected[renewals] =
          chances.stays((double) renewals) * (1 + discount * expected[renewals + 1]);
    }
    return new ResidualRenewals(Arrays.stream(expected).boxed().toList());
  }

  /** Those of a model at a continuous discount rate per day; none of purchases at random. */
  static ResidualRenewals of(PurchaseModel model, double rate) {
    return model instanceof ShiftedBetaGeometric contracts
        ? of(contracts.chances(), Math.exp(-rate * contracts.form().periodDays()))
        : new ResidualRenewals(List.of());
  }

  private static double series(DropoutChances chances, double discount) {
    double term = 1;
    double sum = 0;
    for (int j = MOST; term > ENOUGH * (1 - discount); j++) {
      term *= chances.stays((double) j);
      sum += term;
      term *= discount;
    }
    return sum;
  }

  double after(long renewals) {
    return expected.get((int) Math.min(renewals, MOST));
  }
}
