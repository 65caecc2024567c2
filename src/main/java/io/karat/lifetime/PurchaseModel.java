package io.karat.lifetime;

import java.io.Serializable;
import java.util.List;

/** How customers buy and leave; see the families for what each of them assumes. */
public sealed interface PurchaseModel extends Serializable permits BetaGeometric, ParetoNbd {
  PurchaseFamily family();

  /** In the order of {@link PurchaseFamily#parameters}. */
  List<Double> parameters();

  /** The natural logarithm of how likely this history is. */
  double logLikelihood(PurchaseHistory history);

  /** The probability that a customer with this history will ever buy again if time allows. */
  double aliveProbability(PurchaseHistory history);

  /** How often a customer who has not left buys in the {@code time} after the as-of day. */
  double expectedIfAlive(PurchaseHistory history, double time);

  /** How often a customer buys in the {@code time} after the as-of day. */
  default double expected(PurchaseHistory history, double time) {
    return aliveProbability(history) * expectedIfAlive(history, time);
  }

  /**
   * The same with each purchase discounted continuously from its own moment: one that is {@code s}
   * away counts {@code exp(-rate s)}.
   *
   * <p>Integrated by parts, so that the discount is a small correction to exact expectations:
   * {@code exp(-rate t) E(t) + rate ∫ exp(-rate s) E(s) ds}. With {@code s = c (exp(u) - 1)} the
   * integrand is smooth in {@code u} for customers of any age.
   */
  default double discounted(PurchaseHistory history, double time, double rate) {
    double scale = timeScale(history);
    double integral =
        rate == 0
            ? 0
            : GaussLegendre.SHORT.integral(
                u -> {
                  double s = scale * Math.expm1(u);
                  return Math.exp(-rate * s) * expectedIfAlive(history, s) * (scale + s);
                },
                Math.log1p(time / scale));
    double atEnd = Math.exp(-rate * time) * expectedIfAlive(history, time);
    return aliveProbability(history) * (atEnd + rate * integral);
  }

  /** A time within which what is expected of this customer changes little. */
  double timeScale(PurchaseHistory history);
}
