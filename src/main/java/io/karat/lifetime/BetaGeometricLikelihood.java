package io.karat.lifetime;

import java.util.Arrays;
import java.util.List;

/** The likelihood of {@link BetaGeometric}, with the derivatives of its closed form. */
record BetaGeometricLikelihood(PurchaseForm form, PurchaseHistories histories, double customers)
    implements Likelihood {
  BetaGeometricLikelihood(PurchaseForm form, PurchaseHistories histories) {
    this(form, histories, histories.total());
  }

  @Override
  public List<double[]> starts() {
    double[][] chances =
        switch (form.dropout()) {
          case VARIED -> new double[][] {{1, 2.5}, {0.5, 5}, {1, 20}};
          case EQUAL -> new double[][] {{0.3}, {0.1}, {0.03}};
          case NONE -> new double[][] {{}};
        };
    return StartingPoints.of(histories, form.hasEqualRates(), chances);
  }

  @Override
  public Point at(double[] logarithms) {
    double[] parameters = Arrays.stream(logarithms).map(Math::exp).toArray();
    List<Double> values = Arrays.stream(parameters).boxed().toList();
    RateTerms rates = form.rates(values).terms(histories);
    DropoutChances chances = form.chances(values);
    int first = 1 + form.rates(values).parameters().size();
    int more = form.chancesBeforeRepeats();
    ChanceTerms[] terms =
        Arrays.stream(histories.allRepeats())
            .mapToObj(repeats -> new ChanceTerms(chances, repeats + more))
            .toArray(ChanceTerms[]::new);

    double[] sums =
        Likelihood.sum(
            histories.size(),
            parameters.length + 1,
            (i, sum) -> {
              int x = histories.repeats(i);
              int last = histories.last(i);
              int age = histories.age(i);
              double customers = histories.customers(i);
              double stayed = rates.staying(x, age);
              double logOdds = terms[x].logOdds + rates.staying(x, last) - stayed;
              double gone = customers * Logistic.probability(logOdds);
              sum[0] +=
                  customers
                      * (rates.value(x) + stayed + terms[x].logStays + Logistic.softplus(logOdds));
              rates.addValue(sum, customers, x);
              rates.addStaying(sum, customers - gone, x, age);
              rates.addStaying(sum, gone, x, last);
              terms[x].add(sum, first, customers, gone);
            });
    return Point.of(sums, parameters, customers);
  }

  /** The terms of dropout after so many purchases. */
  private static final class ChanceTerms {
    private final double logStays;
    private final double logOdds;
    private final double[] slopesOfStays;
    private final double[] slopesOfOdds;

    ChanceTerms(DropoutChances chances, double purchases) {
      this.logStays = chances.logStays(purchases);
      this.logOdds = chances.logOdds(purchases);
      this.slopesOfStays = chances.slopesOfStays(purchases);
      this.slopesOfOdds = chances.slopesOfOdds(purchases);
    }

    void add(double[] sum, int first, double customers, double gone) {
      for (int i = 0; i < slopesOfStays.length; i++) {
        sum[first + i] += customers * slopesOfStays[i] + gone * slopesOfOdds[i];
      }
    }
  }
}
