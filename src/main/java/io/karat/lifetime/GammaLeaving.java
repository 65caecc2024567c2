package io.karat.lifetime;

import java.util.List;

/** Dropout rates that differ: gamma distributed with shape {@code s} and rate {@code beta}. */
record GammaLeaving(double s, double beta) implements LeavingRates {
  @Override
  public List<Double> parameters() {
    return List.of(s, beta);
  }

  @Override
  public double logFactor() {
    return s * Math.log(beta);
  }

  @Override
  public double logLeaving() {
    return Math.log(s);
  }

  @Override
  public Decay staying() {
    return new Decay(beta, s, 0);
  }

  @Override
  public Decay leaving() {
    return new Decay(beta, s + 1, 0);
  }

  /** {@code ∫ ((beta+T)/(beta+T+u))^s du}, with its limit if s is 1. */
  @Override
  public double timeStaying(double age, double time) {
    double scale = beta + age;
    double doublings = Math.log1p(time / scale);
    return scale * (s == 1 ? doublings : -Math.expm1((1 - s) * doublings) / (s - 1));
  }

  @Override
  public double timeScale(double age) {
    return beta + age;
  }

  @Override
  public void addSlopes(
      double[] sum, int first, double stayed, double age, double left, DropoutTime time) {
    double all = stayed + left;
    sum[first] += all * Math.log(beta) - stayed * Math.log(beta + age);
    sum[first + 1] += all * s / beta - stayed * s / (beta + age);
    if (left > 0) {
      sum[first] += left * (1 / s - time.meanLogOfLeaving());
      sum[first + 1] -= left * (s + 1) * time.meanPerLeaving();
    }
  }
}
