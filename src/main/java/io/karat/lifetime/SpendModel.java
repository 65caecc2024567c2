package io.karat.lifetime;

import java.io.Serializable;
import java.util.List;

/** A model of what customers spend on a day. */
public sealed interface SpendModel extends Serializable permits GammaGamma, KnownMean {
  SpendFamily family();

  /** The parameters, in the order of {@link SpendFamily#parameters}. */
  List<Double> parameters();

  /**
   * The expected spend of a customer on a day.
   *
   * @param days the number of days with spend; may be 0
   * @param total the spend on them
   */
  double expectedMean(double days, double total);
}
