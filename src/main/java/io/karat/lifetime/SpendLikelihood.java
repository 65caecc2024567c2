package io.karat.lifetime;

import static java.util.Comparator.comparing;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/** The likelihood of {@link GammaGamma}: of the mean spend of each customer on some days. */
final class SpendLikelihood implements Likelihood {
  /** An order in which sums always come out the same. */
  static final Comparator<Spend> ORDER =
      comparing(Spend::days).thenComparing(Spend::total).thenComparing(Spend::customers);

  private final List<Spend> spends;
  private final double customers;

  /** Sorts the spends, whatever order they come in. */
  SpendLikelihood(Collection<Spend> spends) {
    this.spends = spends.stream().sorted(ORDER).toList();
    this.customers = this.spends.stream().mapToLong(Spend::customers).sum();
  }

  @Override
  public double customers() {
    return customers;
  }

  /** The observed mean, with the spread of the published fit and with others. */
  @Override
  public List<double[]> starts() {
    double total = spends.stream().mapToDouble(it -> it.total() * it.customers()).sum();
    double days = spends.stream().mapToDouble(it -> it.days() * it.customers()).sum();
    return Arrays.stream(new double[][] {{6, 4}, {2, 3}, {1, 8}, {20, 2}})
        .map(
            it ->
                new double[] {
                  Math.log(it[0]), Math.log(it[1]), Math.log(total / days * (it[1] - 1) / it[0])
                })
        .toList();
  }

  @Override
  public Point at(double[] logarithms) {
    double[] parameters = Arrays.stream(logarithms).map(Math::exp).toArray();
    double p = parameters[0];
    double q = parameters[1];
    double gamma = parameters[2];
    double logGamma = Math.log(gamma);
    double ofQ = q * logGamma - Gamma.logGamma(q);
    double byQ = logGamma - Gamma.digamma(q);
    double[] sums =
        Likelihood.sum(
            spends.size(),
            parameters.length + 1,
            (i, sum) -> {
              Spend spend = spends.get(i);
              double days = spend.days();
              double logMean = Math.log(spend.total() / days);
              double logAll = Math.log(gamma + spend.total());
              double both = Gamma.digamma(p * days + q);
              double count = spend.customers();
              sum[0] +=
                  count
                      * (Gamma.logGamma(p * days + q)
                          - Gamma.logGamma(p * days)
                          + ofQ
                          + (p * days - 1) * logMean
                          + p * days * Math.log(days)
                          - (p * days + q) * logAll);
              sum[1] +=
                  count
                      * days
                      * (both - Gamma.digamma(p * days) + logMean + Math.log(days) - logAll);
              sum[2] += count * (both + byQ - logAll);
              sum[3] += count * (q / gamma - (p * days + q) / (gamma + spend.total()));
            });
    return Point.of(sums, parameters, customers);
  }

  /**
   * The spend of some customers.
   *
   * @param days the number of days, above 0
   * @param total the spend on all of them, above 0
   * @param customers the number of customers with this spend
   */
  record Spend(long days, double total, long customers) {}
}
