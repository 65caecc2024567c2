package io.karat.lifetime;

import io.karat.lifetime.SpendLikelihood.Spend;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * The likelihood of the limit of {@link GammaGamma} in which a customer spends the same on every
 * day: the means are inverse gamma distributed with shape {@code q} and scale {@code g}.
 */
record OwnMeansLikelihood(List<Spend> spends) implements Likelihood {
  @Override
  public double customers() {
    return spends.size();
  }

  /** Those of the mean and the variance of the reciprocals, which are gamma distributed. */
  @Override
  public List<double[]> starts() {
    double sum = 0;
    double squares = 0;
    for (Spend spend : spends) {
      double reciprocal = spend.days() / spend.total();
      sum += reciprocal;
      squares += reciprocal * reciprocal;
    }
    double mean = sum / customers();
    double q = mean * mean / (squares / customers() - mean * mean);
    return List.of(new double[] {Math.log(q), Math.log(q / mean)});
  }

  @Override
  public Point at(double[] logarithms) {
    double q = Math.exp(logarithms[0]);
    double g = Math.exp(logarithms[1]);
    double value = q * Math.log(g) - Gamma.logGamma(q);
    double byQ = Math.log(g) - Gamma.digamma(q);
    double[] sums =
        Likelihood.sum(
            spends.size(),
            3,
            (i, sum) -> {
              double own = spends.get(i).total() / spends.get(i).days();
              sum[0] += value - (q + 1) * Math.log(own) - g / own;
              sum[1] += byQ - Math.log(own);
              sum[2] += q / g - 1 / own;
            });
    return Point.of(sums, new double[] {q, g}, customers());
  }
}
