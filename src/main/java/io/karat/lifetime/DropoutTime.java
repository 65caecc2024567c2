package io.karat.lifetime;

/**
 * A moment y between two days with a density that is the product of two {@linkplain Decay decays},
 * one of purchase rates and one of dropout rates: the integral of the density, and means over it.
 *
 * <p>For the dropout time between the last purchase and the as-of day the literature has the
 * difference of two 2F1, which cancels if the last purchase was a moment ago. The integral has only
 * positive terms, and the same points give its derivatives. With {@code y = (offset + from) exp(u)
 * - offset} the density falls like an exponential of u or faster; panels span at most 16 e-folds,
 * and end where nothing is left.
 */
final class DropoutTime {
  private static final double FOLDS = 16;
  private static final double NOTHING = 1e-18;

  private final boolean isOfRates;
  private final double logTotal;
  private final double meanLogFirst;
  private final double meanLogSecond;
  private final double meanPerFirst;
  private final double meanPerSecond;
  private final double meanTime;

  /** Integrates by the offset of a decay with a power, if one of them has any. */
  DropoutTime(Decay ofRates, Decay ofLeaving, double from, double to) {
    isOfRates = ofRates.exponent() > 0 || ofLeaving.exponent() == 0;
    Decay first = isOfRates ? ofRates : ofLeaving;
    Decay second = isOfRates ? ofLeaving : ofRates;
    double tilt = first.tilt() + second.tilt();
    double start = first.offset() + from;
    double lead = second.offset() - first.offset();
    double logStart = Math.log(start);
    // Densities are relative to the first moment, so that nothing overflows.
    double logFirst = Math.log(second.offset() + from);
    double length = Math.log((first.offset() + to) / start);
    double folds = length * (first.exponent() + second.exponent()) + tilt * (to - from);
    int panels = (int) Math.max(1, Math.ceil(folds / FOLDS));
    double width = length / panels;
    double shape = 1 - first.exponent();
    double total = 0;
    double logFirsts = 0;
    double logSeconds = 0;
    double perFirsts = 0;
    double perSeconds = 0;
    double times = 0;
    GaussLegendre rule = GaussLegendre.LONG;
    for (int panel = 0; panel < panels; panel++) {
      double before = total;
      for (int i = 0; i < rule.points(); i++) {
        double u = (panel + rule.node(i)) * width;
        double toFirst = start * Math.exp(u);
        double toSecond = toFirst + lead;
        double logSecond = second.exponent() == 0 ? 0 : Math.log(toSecond);
        double power = second.exponent() * (logSecond - logFirst) + tilt * (toFirst - start);
        double density = rule.weight(i) * Math.exp(shape * u - power);
        total += density;
        logFirsts += density * (logStart + u);
        logSeconds += density * logSecond;
        perFirsts += density / toFirst;
        perSeconds += density / toSecond;
        times += density * toFirst;
      }
      double end = start * Math.exp((panel + 1) * width);
      boolean isFalling = shape < second.exponent() * end / (end + lead) + tilt * end;
      if (isFalling && !(total - before >= NOTHING * total)) {
        break;
      }
    }
    logTotal = first.log(from) + second.log(from) + logStart + Math.log(total * width);
    meanLogFirst = logFirsts / total;
    meanLogSecond = logSeconds / total;
    meanPerFirst = perFirsts / total;
    meanPerSecond = perSeconds / total;
    meanTime = times / total - first.offset();
  }

  /** The logarithm of the integral; minus infinity between a day and itself. */
  double logTotal() {
    return logTotal;
  }

  /** The mean of {@code log(offset + y)} with the offset of purchase rates that have a power. */
  double meanLogOfRates() {
    return isOfRates ? meanLogFirst : meanLogSecond;
  }

  /** The same of dropout rates. */
  double meanLogOfLeaving() {
    return isOfRates ? meanLogSecond : meanLogFirst;
  }

  /** The mean of {@code 1 / (offset + y)} with the offset of purchase rates. */
  double meanPerRates() {
    return isOfRates ? meanPerFirst : meanPerSecond;
  }

  /** The same of dropout rates. */
  double meanPerLeaving() {
    return isOfRates ? meanPerSecond : meanPerFirst;
  }

  /** The mean of y. */
  double meanTime() {
    return meanTime;
  }
}
