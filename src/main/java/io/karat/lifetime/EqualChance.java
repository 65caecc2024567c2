package io.karat.lifetime;

import java.util.List;

/** One dropout chance of all customers: the limit of beta chances that hardly differ. */
record EqualChance(double p) implements DropoutChances {
  @Override
  public List<Double> parameters() {
    return List.of(p);
  }

  @Override
  public double logStays(double purchases) {
    return purchases * Math.log1p(-p);
  }

  @Override
  public double logOdds(double purchases) {
    return purchases == 0 ? Double.NEGATIVE_INFINITY : Math.log(p) - Math.log1p(-p);
  }

  @Override
  public double stays(double purchases) {
    return 1 - p;
  }

  @Override
  public double[] slopesOfStays(double purchases) {
    return new double[] {-purchases / (1 - p)};
  }

  @Override
  public double[] slopesOfOdds(double purchases) {
    return new double[] {purchases == 0 ? 0 : 1 / (p * (1 - p))};
  }
}
