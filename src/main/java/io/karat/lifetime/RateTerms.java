package io.karat.lifetime;

/**
 * Terms of a likelihood that come from purchase rates, by the indices of {@link PurchaseHistories}.
 * Derivatives by their parameters are added from place 1 of a sum.
 */
interface RateTerms {
  /** {@link PurchaseRates#logRepeats}. */
  double value(int repeats);

  /** The logarithm of {@link PurchaseRates#staying} until a time. */
  double staying(int repeats, int time);

  /** Adds the derivatives of the value. */
  void addValue(double[] sum, double weight, int repeats);

  /** Adds the derivatives of staying until a time. */
  void addStaying(double[] sum, double weight, int repeats, int time);

  /** Adds their means over the dropout time. */
  void addStaying(double[] sum, double weight, int repeats, DropoutTime until);
}
