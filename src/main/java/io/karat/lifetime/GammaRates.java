package io.karat.lifetime;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/** Purchase rates that differ: gamma distributed with shape {@code r} and rate {@code alpha}. */
record GammaRates(double r, double alpha) implements PurchaseRates {
  @Override
  public List<Double> parameters() {
    return List.of(r, alpha);
  }

  @Override
  public double logRepeats(double repeats) {
    return Gamma.logGamma(r + repeats) - Gamma.logGamma(r) + r * Math.log(alpha);
  }

  @Override
  public Decay staying(double repeats) {
    return new Decay(alpha, r + repeats, 0);
  }

  @Override
  public Decay next(double repeats) {
    return new Decay(alpha, r + repeats + 1, 0);
  }

  @Override
  public double mean(PurchaseHistory history) {
    return (r + history.repeats()) / (alpha + history.age());
  }

  @Override
  public double logNone(PurchaseHistory history, double time) {
    return -(r + history.repeats()) * Math.log1p(time / (alpha + history.age()));
  }

  @Override
  public double step(PurchaseHistory history, double time, double n) {
    double share = time / (alpha + history.age() + time);
    return (r + history.repeats() + n) / (n + 1) * share;
  }

  @Override
  public double timeScale(PurchaseHistory history) {
    return alpha + history.age();
  }

  @Override
  public RateTerms terms(PurchaseHistories histories) {
    double[] repeats = histories.allRepeats();
    double[] times = histories.allTimes();
    double start = Gamma.digamma(r) - Math.log(alpha);
    return new Terms(
        this,
        repeats,
        Arrays.stream(repeats).map(this::logRepeats).toArray(),
        Arrays.stream(repeats).map(x -> Gamma.digamma(r + x) - start).toArray(),
        Arrays.stream(times).map(time -> Math.log(alpha + time)).toArray(),
        Arrays.stream(times).map(time -> 1 / (alpha + time)).toArray());
  }

  private record Terms(
      GammaRates rates,
      double[] repeats,
      double[] values,
      double[] byR,
      double[] logTimes,
      double[] perTimes)
      implements RateTerms {
    @Override
    public double value(int x) {
      return values[x];
    }

    @Override
    public double staying(int x, int time) {
      return -(rates.r + repeats[x]) * logTimes[time];
    }

    @Override
    public void addValue(double[] sum, double weight, int x) {
      sum[1] += weight * byR[x];
      sum[2] += weight * rates.r / rates.alpha;
    }

    @Override
    public void addStaying(double[] sum, double weight, int x, int time) {
      sum[1] -= weight * logTimes[time];
      sum[2] -= weight * (rates.r + repeats[x]) * perTimes[time];
    }

    @Override
    public void addStaying(double[] sum, double weight, int x, DropoutTime until) {
      sum[1] -= weight * until.meanLogOfRates();
      sum[2] -= weight * (rates.r + repeats[x]) * until.meanPerRates();
    }
  }
}
