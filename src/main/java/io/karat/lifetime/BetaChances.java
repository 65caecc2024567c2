package io.karat.lifetime;

import java.util.List;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/** Dropout chances that differ: beta distributed with {@code a} and {@code b}. */
record BetaChances(double a, double b) implements DropoutChances {
  @Override
  public List<Double> parameters() {
    return List.of(a, b);
  }

  @Override
  public double logStays(double purchases) {
    return Beta.logBeta(a, b + purchases) - Beta.logBeta(a, b);
  }

  @Override
  public double logOdds(double purchases) {
    return purchases == 0 ? Double.NEGATIVE_INFINITY : Math.log(a / (b + purchases - 1));
  }

  @Override
  public double stays(double purchases) {
    return (b + purchases) / (a + b + purchases);
  }

  @Override
  public double[] slopesOfStays(double purchases) {
    double both = Gamma.digamma(a + b) - Gamma.digamma(a + b + purchases);
    return new double[] {both, both + Gamma.digamma(b + purchases) - Gamma.digamma(b)};
  }

  @Override
  public double[] slopesOfOdds(double purchases) {
    return purchases == 0 ? new double[2] : new double[] {1 / a, -1 / (b + purchases - 1)};
  }
}
