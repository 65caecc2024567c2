package io.karat.lifetime;

import java.util.List;

/** No dropout at all: the limit of chances or rates of dropout near 0. */
record NoDropout() implements DropoutChances {
  @Override
  public List<Double> parameters() {
    return List.of();
  }

  @Override
  public double logStays(double purchases) {
    return 0;
  }

  @Override
  public double logOdds(double purchases) {
    return Double.NEGATIVE_INFINITY;
  }

  @Override
  public double stays(double purchases) {
    return 1;
  }

  @Override
  public double[] slopesOfStays(double purchases) {
    return new double[0];
  }

  @Override
  public double[] slopesOfOdds(double purchases) {
    return new double[0];
  }
}
