package io.karat.lifetime;

import java.io.Serializable;
import java.util.List;

/** The chances of customers to drop out after a purchase, or at the end of a contract's period. */
sealed interface DropoutChances extends Serializable permits BetaChances, EqualChance, NoDropout {
  List<Double> parameters();

  /** The logarithm of the probability of staying after each of so many purchases. */
  double logStays(double purchases);

  /** The log-odds of having dropped out after the last of so many purchases. */
  double logOdds(double purchases);

  /** The probability of staying once more, after staying after so many purchases. */
  double stays(double purchases);

  /** The derivatives of {@link #logStays}. */
  double[] slopesOfStays(double purchases);

  /** The derivatives of {@link #logOdds}; 0 without a purchase. */
  double[] slopesOfOdds(double purchases);
}
