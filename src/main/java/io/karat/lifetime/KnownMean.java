package io.karat.lifetime;

import java.util.List;

/**
 * A mean that is known: that of all customers, or each customer's own where it never varies.
 *
 * @param mean of all customers, or of customers without purchase days where each has its own
 */
record KnownMean(SpendFamily family, double mean) implements SpendModel {
  @Override
  public List<Double> parameters() {
    return List.of(mean);
  }

  @Override
  public double expectedMean(double days, double total) {
    return family == SpendFamily.OWN_MEANS && days > 0 ? total / days : mean;
  }
}
