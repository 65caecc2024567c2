package io.karat.lifetime;

import java.util.List;

/**
 * A mean that is known: that of all customers, or each customer's own where it never varies.
 *
 * @param mean of all customers; for who has own days, it may be that of these
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
