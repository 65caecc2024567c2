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
    return new Terms(this, histories);
  }

  /** Terms of the distinct counts of repeats and of the distinct times. */
  private static final class Terms implements RateTerms {
    private final GammaRates rates;
    private final double[] repeats;
    private final double[] values;
    private final double[] byR;
    private final double[] logTimes;
    private final double[] perTimes;

    Terms(GammaRates rates, PurchaseHistories histories) {
      double start = Gamma.digamma(rates.r) - Math.log(rates.alpha);
      double[] times = histories.allTimes();
      this.rates = rates;
      this.repeats = histories.allRepeats();
      this.values = Arrays.stream(repeats).map(rates::logRepeats).toArray();
      this.byR = Arrays.stream(repeats).map(x -> Gamma.digamma(rates.r + x) - start).toArray();
      this.logTimes = Arrays.stream(times).map(time -> Math.log(rates.alpha + time)).toArray();
      this.perTimes = Arrays.stream(times).map(time -> 1 / (rates.alpha + time)).toArray();
    }

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
