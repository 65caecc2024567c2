package io.karat.lifetime;

import java.util.Arrays;
import java.util.List;

/**
 * The likelihood of {@link ParetoNbd}, with derivatives from the integral of {@link DropoutTime}.
 */
record ParetoNbdLikelihood(PurchaseForm form, PurchaseHistories histories, double customers)
    implements Likelihood {
  ParetoNbdLikelihood(PurchaseForm form, PurchaseHistories histories) {
    this(form, histories, histories.total());
  }

  @Override
  public List<double[]> starts() {
    double age = StartingPoints.meanAge(histories);
    double[][] leaving =
        form.dropout() == PurchaseForm.Dropout.EQUAL
            ? new double[][] {{1 / age}, {0.25 / age}, {0.05 / age}}
            : new double[][] {{0.5, age / 2}, {1, age}, {0.5, age * 4}};
    return StartingPoints.of(histories, form.hasEqualRates(), leaving);
  }

  @Override
  public Point at(double[] logarithms) {
    double[] parameters = Arrays.stream(logarithms).map(Math::exp).toArray();
    List<Double> values = Arrays.stream(parameters).boxed().toList();
    PurchaseRates rates = form.rates(values);
    RateTerms terms = rates.terms(histories);
    LeavingRates leaving = form.leaving(values);
    int first = 1 + rates.parameters().size();
    double logFactor = leaving.logFactor();

    double[] sums =
        Likelihood.sum(
            histories.size(),
            parameters.length + 1,
            (i, sum) -> {
              PurchaseHistory history = histories.history(i);
              int x = histories.repeats(i);
              int age = histories.age(i);
              double customers = histories.customers(i);
              double logAlive = terms.staying(x, age) + leaving.staying().log(history.age());
              DropoutTime time =
                  new DropoutTime(
                      rates.staying((double) history.repeats()),
                      leaving.leaving(),
                      history.last(),
                      history.age());
              double logOdds = leaving.logLeaving() + time.logTotal() - logAlive;
              double left = customers * Logistic.probability(logOdds);
              sum[0] +=
                  customers * (terms.value(x) + logFactor + logAlive + Logistic.softplus(logOdds));
              terms.addValue(sum, customers, x);
              terms.addStaying(sum, customers - left, x, age);
              // Who bought on the as-of day cannot have left since, and has no mean of that time.
              if (left > 0) {
                terms.addStaying(sum, left, x, time);
              }
              leaving.addSlopes(sum, first, customers - left, history.age(), left, time);
            });
    return Point.of(sums, parameters, customers);
  }
}
