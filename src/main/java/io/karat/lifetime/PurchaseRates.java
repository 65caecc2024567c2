package io.karat.lifetime;

import java.io.Serializable;
import java.util.List;

/** Purchase rates of customers who have not dropped out; each of them buys at random. */
sealed interface PurchaseRates extends Serializable permits GammaRates, EqualRates {
  List<Double> parameters();

  /** The part of the log-likelihood that depends on the number of repeats alone. */
  double logRepeats(double repeats);

  /** The weight of having stayed until a moment with so many repeats. */
  Decay staying(double repeats);

  /** The weight of the next purchase being at a moment, up to a factor. */
  Decay next(double repeats);

  /** The mean rate of customers with this history, if they have not dropped out. */
  double mean(PurchaseHistory history);

  /** The logarithm of the probability of no purchase in the {@code time} after the as-of day. */
  double logNone(PurchaseHistory history, double time);

  /** The probability of n + 1 purchases in this time, as a multiple of that of n. */
  double step(PurchaseHistory history, double time, double n);

  /** A time within which the mean rate changes little. */
  double timeScale(PurchaseHistory history);

  /** The terms of a likelihood. */
  RateTerms terms(PurchaseHistories histories);
}
