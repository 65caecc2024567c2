package io.karat.matching;

/**
 * Probabilities of the levels of one field, by number of level: m among pairs of one customer, u
 * among pairs of two. Either adds up to 1. Immutable.
 */
final class FieldOdds {
  private final double[] m;
  private final double[] u;

  FieldOdds(double[] m, double[] u) {
    this.m = m.clone();
    this.u = u.clone();
  }

  double[] m() {
    return m.clone();
  }

  double[] u() {
    return u.clone();
  }

  FieldOdds withM(double[] other) {
    return new FieldOdds(other, u);
  }

  FieldOdds withU(double[] other) {
    return new FieldOdds(m, other);
  }

  /** The largest difference from other probabilities. */
  double distance(FieldOdds other) {
    double distance = 0;
    for (int level = 0; level < AgreementLevel.KNOWN; level++) {
      distance = Math.max(distance, Math.abs(m[level] - other.m[level]));
      distance = Math.max(distance, Math.abs(u[level] - other.u[level]));
    }
    return distance;
  }

  /** The logarithms of m/u by number of level; 0 for one that is unknown. */
  double[] logRatios() {
    double[] ratios = new double[1 << AgreementLevel.BITS];
    for (int level = 0; level < AgreementLevel.KNOWN; level++) {
      ratios[level] = StrictMath.log(m[level] / u[level]);
    }
    return ratios;
  }

  /** The weight of a level in bits. */
  double weight(AgreementLevel level) {
    return logRatios()[level.number()] / StrictMath.log(2);
  }
}
