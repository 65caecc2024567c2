package io.karat.lifetime;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/** The likelihood of {@link BetaGeometric}, with the derivatives of its closed form. */
record BetaGeometricLikelihood(PurchaseFamily family, PurchaseHistories histories, double customers)
    implements Likelihood {
  BetaGeometricLikelihood(PurchaseFamily family, PurchaseHistories histories) {
    this(family, histories, histories.total());
  }

  @Override
  public List<double[]> starts() {
    return StartingPoints.of(histories, new double[][] {{1, 2.5}, {0.5, 5}, {1, 20}});
  }

  @Override
  public Point at(double[] logarithms) {
    double[] parameters = Arrays.stream(logarithms).map(Math::exp).toArray();
    double r = parameters[0];
    double alpha = parameters[1];
    double a = parameters[2];
    double b = parameters[3];
    double[] repeats = histories.allRepeats();
    double[] logTimes = Arrays.stream(histories.allTimes()).map(t -> Math.log(alpha + t)).toArray();
    double[] perTimes = Arrays.stream(histories.allTimes()).map(t -> 1 / (alpha + t)).toArray();
    Known[] known = new Known[repeats.length];
    for (int i = 0; i < known.length; i++) {
      known[i] = known(repeats[i], r, alpha, a, b);
    }

    double[] sums =
        Likelihood.sum(
            histories.size(),
            parameters.length + 1,
            (i, sum) -> {
              Known x = known[histories.repeats(i)];
              int last = histories.last(i);
              int age = histories.age(i);
              double customers = histories.customers(i);
              double logOdds = x.logOdds + x.shape * (logTimes[age] - logTimes[last]);
              double gone = Logistic.probability(logOdds);
              double alive = 1 - gone;
              sum[0] +=
                  customers * (x.value - x.shape * logTimes[age] + Logistic.softplus(logOdds));
              sum[1] += customers * (x.byR - alive * logTimes[age] - gone * logTimes[last]);
              sum[2] +=
                  customers
                      * (r / alpha - x.shape * (alive * perTimes[age] + gone * perTimes[last]));
              sum[3] += customers * (x.byA + gone / a);
              sum[4] += customers * (x.byB - gone * x.goneByB);
            });
    return Point.of(sums, parameters, customers);
  }

  private Known known(double repeats, double r, double alpha, double a, double b) {
    double chances = repeats + (family == PurchaseFamily.MBGNBD ? 1 : 0);
    double both = Gamma.digamma(a + b) - Gamma.digamma(a + b + chances);
    double logAlpha = Math.log(alpha);
    boolean canHaveLeft = chances > 0;
    return new Known(
        r + repeats,
        Gamma.logGamma(r + repeats)
            - Gamma.logGamma(r)
            + r * logAlpha
            + Beta.logBeta(a, b + chances)
            - Beta.logBeta(a, b),
        canHaveLeft ? Math.log(a / (b + chances - 1)) : Double.NEGATIVE_INFINITY,
        Gamma.digamma(r + repeats) - Gamma.digamma(r) + logAlpha,
        both,
        both + Gamma.digamma(b + chances) - Gamma.digamma(b),
        canHaveLeft ? 1 / (b + chances - 1) : 0);
  }

  /** The terms that depend on the number of repeats alone. */
  private record Known(
      double shape,
      double value,
      double logOdds,
      double byR,
      double byA,
      double byB,
      double goneByB) {}
}
