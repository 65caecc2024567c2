package io.karat.lifetime;

import java.util.List;

/** One dropout rate of all customers: the limit of gamma rates that hardly differ. */
record EqualLeaving(double mu) implements LeavingRates {
  @Override
  public List<Double> parameters() {
    return List.of(mu);
  }

  @Override
  public double logFactor() {
    return 0;
  }

  @Override
  public double logLeaving() {
    return Math.log(mu);
  }

  @Override
  public Decay staying() {
    return new Decay(1 / mu, 0, mu);
  }

  @Override
  public Decay leaving() {
    return staying();
  }

  @Override
  public double timeStaying(double age, double time) {
    return -Math.expm1(-mu * time) / mu;
  }

  @Override
  public double timeScale(double age) {
    return 1 / mu;
  }

  @Override
  public void addSlopes(
      double[] sum, int first, double stayed, double age, double left, DropoutTime time) {
    sum[first] -= stayed * age;
    if (left > 0) {
      sum[first] += left * (1 / mu - time.meanTime());
    }
  }
}
