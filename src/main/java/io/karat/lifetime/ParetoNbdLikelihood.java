package io.karat.lifetime;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * The likelihood of {@link ParetoNbd}, with derivatives from the integral of {@link DropoutTime}.
 */
record ParetoNbdLikelihood(PurchaseHistories histories, double customers) implements Likelihood {
  ParetoNbdLikelihood(PurchaseHistories histories) {
    this(histories, histories.total());
  }

  @Override
  public List<double[]> starts() {
    double age = StartingPoints.meanAge(histories);
    return StartingPoints.of(histories, new double[][] {{0.5, age / 2}, {1, age}, {0.5, age * 4}});
  }

  @Override
  public Point at(double[] logarithms) {
    double[] parameters = Arrays.stream(logarithms).map(Math::exp).toArray();
    ParetoNbd model = new ParetoNbd(parameters[0], parameters[1], parameters[2], parameters[3]);
    double[] repeats = histories.allRepeats();
    double[] values = new double[repeats.length];
    double[] byR = new double[repeats.length];
    for (int i = 0; i < repeats.length; i++) {
      values[i] = Gamma.logGamma(model.r() + repeats[i]) - Gamma.logGamma(model.r());
      byR[i] = Gamma.digamma(model.r() + repeats[i]) - Gamma.digamma(model.r());
    }
    double logAlpha = Math.log(model.alpha());
    double logBeta = Math.log(model.beta());

    double[] sums =
        Likelihood.sum(
            histories.size(),
            parameters.length + 1,
            (i, sum) -> {
              PurchaseHistory history = histories.history(i);
              double shape = model.r() + history.repeats();
              double toAlpha = model.alpha() + history.age();
              double toBeta = model.beta() + history.age();
              double logToAlpha = Math.log(toAlpha);
              double logToBeta = Math.log(toBeta);
              double logAlive = -shape * logToAlpha - model.s() * logToBeta;
              DropoutTime departure = new DropoutTime(model, history);
              double logOdds = departure.logGone() - logAlive;
              double gone = Logistic.probability(logOdds);
              double alive = 1 - gone;
              double customers = histories.customers(i);
              int x = histories.repeats(i);
              sum[0] +=
                  customers
                      * (values[x]
                          + model.r() * logAlpha
                          + model.s() * logBeta
                          + logAlive
                          + Logistic.softplus(logOdds));
              sum[1] +=
                  customers
                      * (byR[x]
                          + logAlpha
                          - alive * logToAlpha
                          - gone(gone, departure.meanLogAlpha()));
              sum[2] +=
                  customers
                      * (model.r() / model.alpha()
                          - shape * (alive / toAlpha + gone(gone, departure.meanPerAlpha())));
              sum[3] +=
                  customers
                      * (logBeta
                          - alive * logToBeta
                          + gone / model.s()
                          - gone(gone, departure.meanLogBeta()));
              sum[4] +=
                  customers
                      * (model.s() / model.beta()
                          - alive * model.s() / toBeta
                          - (model.s() + 1) * gone(gone, departure.meanPerBeta()));
            });
    return Point.of(sums, parameters, customers);
  }

  /**
   * A mean times its probability; 0 for customers who bought on the as-of day, whose mean is NaN.
   */
  private static double gone(double probability, double mean) {
    return probability == 0 ? 0 : probability * mean;
  }
}
