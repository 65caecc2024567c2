package io.karat.lifetime;

/**
 * The dropout time of a Pareto/NBD customer, between the last purchase and the as-of day: the
 * integral of its density {@code s (alpha+y)^-(r+x) (beta+y)^-(s+1)} over the moment y, and means
 * over it.
 *
 * <p>The literature has the difference of two 2F1 here, which cancels if the last purchase was a
 * moment ago. The integral has only positive terms, and the same points give its derivatives. With
 * {@code y = (alpha+t_x) exp(u) - alpha} the density falls like an exponential of u; panels span at
 * most 16 e-folds, and end where nothing is left.
 */
final class DropoutTime {
  private static final double FOLDS = 16;
  private static final double NOTHING = 1e-18;

  private final double logGone;
  private final double meanLogAlpha;
  private final double meanLogBeta;
  private final double meanPerAlpha;
  private final double meanPerBeta;

  DropoutTime(ParetoNbd model, PurchaseHistory history) {
    double start = model.alpha() + history.last();
    double shape = model.r() + history.repeats();
    double lead = model.beta() - model.alpha();
    double logStart = Math.log(start);
    double top = (1 - shape) * logStart - (model.s() + 1) * Math.log(model.beta() + history.last());
    double length = Math.log((model.alpha() + history.age()) / start);
    int panels = (int) Math.max(1, Math.ceil(length * (shape + model.s() + 1) / FOLDS));
    double width = length / panels;
    // Densities are relative to the first moment, so that nothing overflows.
    double logFirst = Math.log(model.beta() + history.last());
    double total = 0;
    double logAlphas = 0;
    double logBetas = 0;
    double perAlphas = 0;
    double perBetas = 0;
    GaussLegendre rule = GaussLegendre.LONG;
    for (int panel = 0; panel < panels; panel++) {
      double before = total;
      for (int i = 0; i < rule.points(); i++) {
        double u = (panel + rule.node(i)) * width;
        double toAlpha = start * Math.exp(u);
        double toBeta = toAlpha + lead;
        double logBeta = Math.log(toBeta);
        double density =
            rule.weight(i) * Math.exp((1 - shape) * u - (model.s() + 1) * (logBeta - logFirst));
        total += density;
        logAlphas += density * (logStart + u);
        logBetas += density * logBeta;
        perAlphas += density / toAlpha;
        perBetas += density / toBeta;
      }
      double toAlpha = start * Math.exp((panel + 1) * width);
      boolean isFalling = 1 - shape < (model.s() + 1) * toAlpha / (toAlpha + lead);
      if (isFalling && !(total - before >= NOTHING * total)) {
        break;
      }
    }
    logGone = Math.log(model.s()) + top + Math.log(total * width);
    meanLogAlpha = logAlphas / total;
    meanLogBeta = logBetas / total;
    meanPerAlpha = perAlphas / total;
    meanPerBeta = perBetas / total;
  }

  /** The logarithm of the integral; minus infinity if the last purchase is on the as-of day. */
  double logGone() {
    return logGone;
  }

  /** The mean of {@code log(alpha + y)}. */
  double meanLogAlpha() {
    return meanLogAlpha;
  }

  /** The mean of {@code log(beta + y)}. */
  double meanLogBeta() {
    return meanLogBeta;
  }

  /** The mean of {@code 1 / (alpha + y)}. */
  double meanPerAlpha() {
    return meanPerAlpha;
  }

  /** The mean of {@code 1 / (beta + y)}. */
  double meanPerBeta() {
    return meanPerBeta;
  }
}
