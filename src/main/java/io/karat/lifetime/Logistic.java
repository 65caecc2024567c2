package io.karat.lifetime;

/** Logistic functions of log-odds of any size. */
final class Logistic {
  private Logistic() {}

  /** {@code 1 / (1 + exp(-logOdds))}. */
  static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** {@code log(1 + exp(logOdds))}. */
  static double softplus(double logOdds) {
    return Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds)));
  }
}
