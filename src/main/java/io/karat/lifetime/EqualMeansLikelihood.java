package io.karat.lifetime;

import io.karat.lifetime.SpendLikelihood.Spend;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * The likelihood of the limit of {@link GammaGamma} in which all customers have one mean: the spend
 * of a day is gamma distributed with shape {@code p} around it.
 */
record EqualMeansLikelihood(List<Spend> spends, double mean, double deviation)
    implements Likelihood {
  @Override
  public double customers() {
    return spends.size();
  }

  @Override
  public List<double[]> starts() {
    double relative = mean / deviation;
    return List.of(new double[] {2 * Math.log(relative), Math.log(mean)});
  }

  @Override
  public Point at(double[] logarithms) {
    double p = Math.exp(logarithms[0]);
    double of = Math.exp(logarithms[1]);
    double[] sums =
        Likelihood.sum(
            spends.size(),
            3,
            (i, sum) -> {
              double days = spends.get(i).days();
              double shape = p * days;
              double own = spends.get(i).total() / days;
              double logRate = Math.log(shape / of);
              sum[0] +=
                  shape * logRate
                      - Gamma.logGamma(shape)
                      + (shape - 1) * Math.log(own)
                      - shape * own / of;
              sum[1] += days * (logRate + 1 - Gamma.digamma(shape) + Math.log(own) - own / of);
              sum[2] += shape / of * (own / of - 1);
            });
    return Point.of(sums, new double[] {p, of}, customers());
  }
}
