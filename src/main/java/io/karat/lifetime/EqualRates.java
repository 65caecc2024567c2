package io.karat.lifetime;

import java.util.List;

/** One purchase rate of all customers: the limit of gamma rates that hardly differ. */
record EqualRates(double lambda) implements PurchaseRates {
  @Override
  public List<Double> parameters() {
    return List.of(lambda);
  }

  @Override
  public double logRepeats(double repeats) {
    return repeats * Math.log(lambda);
  }

  @Override
  public Decay staying(double repeats) {
    return new Decay(1 / lambda, 0, lambda);
  }

  @Override
  public Decay next(double repeats) {
    return staying(repeats);
  }

  @Override
  public double mean(PurchaseHistory history) {
    return lambda;
  }

  @Override
  public double logNone(PurchaseHistory history, double time) {
    return -lambda * time;
  }

  @Override
  public double step(PurchaseHistory history, double time, double n) {
    return lambda * time / (n + 1);
  }

  @Override
  public double timeScale(PurchaseHistory history) {
    return 1 / lambda;
  }

  @Override
  public RateTerms terms(PurchaseHistories histories) {
    return new Terms(lambda, histories);
  }

  /** Terms of the distinct counts of repeats and of the distinct times. */
  private static final class Terms implements RateTerms {
    private final double lambda;
    private final double[] repeats;
    private final double[] times;

    Terms(double lambda, PurchaseHistories histories) {
      this.lambda = lambda;
      this.repeats = histories.allRepeats();
      this.times = histories.allTimes();
    }

    @Override
    public double value(int x) {
      return repeats[x] * Math.log(lambda);
    }

    @Override
    public double staying(int x, int time) {
      return -lambda * times[time];
    }

    @Override
    public void addValue(double[] sum, double weight, int x) {
      sum[1] += weight * repeats[x] / lambda;
    }

    @Override
    public void addStaying(double[] sum, double weight, int x, int time) {
      sum[1] -= weight * times[time];
    }

    @Override
    public void addStaying(double[] sum, double weight, int x, DropoutTime until) {
      sum[1] -= weight * until.meanTime();
    }
  }
}
