package io.karat.lifetime;

import java.io.Serializable;
import java.util.List;

/** A model of customers' purchases and dropout; the families say what each of them assumes. */
public sealed interface PurchaseModel extends Serializable
    permits BetaGeometric, ParetoNbd, ShiftedBetaGeometric {
  /** The form of the model within its family. */
  PurchaseForm form();

  /** The family, of which this is the full model or a nested one. */
  default PurchaseFamily family() {
    return form().family();
  }

  /** The parameters, in the order of {@link PurchaseForm#parameters}. */
  List<Double> parameters();

  /** The natural logarithm of the likelihood of this history. */
  double logLikelihood(PurchaseHistory history);

  /** The probability that a customer with this history has not dropped out. */
  double aliveProbability(PurchaseHistory history);

  /**
   * The expected purchases in the {@code time} after the as-of day, without dropout before that
   * day.
   */
  double expectedIfAlive(PurchaseHistory history, double time);

  /** The expected purchases in the {@code time} after the as-of day. */
  default double expected(PurchaseHistory history, double time) {
    return aliveProbability(history) * expectedIfAlive(history, time);
  }

  /**
   * The probability of a purchase in the {@code time} after the as-of day, without dropout before
   * that day.
   */
  double purchaseIfAlive(PurchaseHistory history, double time);

  /** The probability of at least one purchase in the {@code time} after the as-of day. */
  default double purchaseProbability(PurchaseHistory history, double time) {
    return aliveProbability(history) * purchaseIfAlive(history, time);
  }

  /**
   * The expected purchases, each discounted continuously from its own moment: one that is {@code s}
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

  /** A time within which the expected frequency of this customer changes little. */
  double timeScale(PurchaseHistory history);
}
